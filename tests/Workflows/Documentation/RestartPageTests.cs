using System.Text.Json;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Tests.Documentation;

/// <summary>What the page of the restart publishes is so, and it has the shape of every page.</summary>
public sealed class RestartPageTests
{
    private static readonly Page Restart = new("procedures/restart-kafka-broker.md");

    [Fact]
    public void RestartPage_Inputs_AreThoseOfTheRecord() => Assert.Equal(
        ["name", "broker", "pod", "repair", "accept-unavailable", .. Properties<RollLimits>("limits.")],
        Restart.Names("Inputs"));

    [Fact]
    public void RestartPage_Record_HasNoOtherInput() => Assert.Equal(
        ["target", "change", "name", "broker", "pod", "repair", "accept-unavailable", "limits"], Properties<RestartKafkaBrokerInput>(""));

    [Fact]
    public void RestartPage_PrecheckCodes_AreOnTheErrorsPage() =>
        Assert.Empty(Restart.Names("Prechecks").Except(new Page("errors.md").Names("Refusals")));

    [Fact]
    public void RestartPage_Steps_AreThoseOfTheCode() => Assert.Equal(
        [RestartNames.RemoveStep, RestartNames.SuperviseStep, RollNames.ElectStep, RollNames.CanaryStep], Restart.Names("Steps"));

    [Fact]
    public void RestartPage_JsonRecord_IsReadAndBreaksNoRule()
    {
        RestartKafkaBrokerInput input = JsonSerializer.Deserialize<RestartKafkaBrokerInput>(Assert.Single(Restart.Blocks("json")))!;

        Assert.Empty(RequestRules.Check(input.Target, input.Change));
        Assert.Empty(RestartInputRules.Check(input));
        Assert.Equal(2, input.Broker);
    }

    private static IEnumerable<string> Properties<T>(string prefix) => typeof(T).GetProperties()
        .OrderBy(property => property.MetadataToken)
        .Select(property => prefix + JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name));
}
