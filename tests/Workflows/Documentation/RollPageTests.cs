using System.Reflection;
using System.Text.Json;
using System.Xml;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Workflows.Tests.Documentation;

/// <summary>What the page of the roll publishes is so.</summary>
public sealed class RollPageTests
{
    private static readonly Page Roll = new("procedures/roll-kafka-cluster.md");

    [Fact]
    public void RollPage_Inputs_AreThoseOfTheRecordWithTheirDefaults()
    {
        List<(string, string)> fields =
        [
            .. Fields(new RollKafkaClusterInput(), "").Where(field => field.Name is not ("target" or "change" or "limits")),
            .. Fields(new RollLimits(), "limits."),
        ];

        Assert.Equal(fields, Roll.Rows("Inputs").Select(row => (row[0].Trim('`'), row[2].Trim('`'))));
    }

    [Fact]
    public void RollPage_PrecheckCodes_AreOnTheErrorsPage() =>
        Assert.Empty(Roll.Names("Prechecks").Except(new Page("errors.md").Names("Refusals")));

    [Fact]
    public void RollPage_Steps_AreThoseOfTheCode() => Assert.Equal(
        [
            .. new[] { RollComponent.Controllers, RollComponent.Brokers }.SelectMany(part => new[]
            {
                RollNames.GateStep(part), RollNames.TriggerStep(part), RollNames.SuperviseStep(part), RollNames.HoldStep(part),
                RollNames.LetGoStep(part),
            }
            .Concat(part == RollComponent.Brokers ? [RollNames.ElectStep] : [])
            .Append(RollNames.CooldownStep(part))),
            RollNames.CanaryStep,
        ],
        Roll.Names("Steps"));

    [Fact]
    public void RollPage_Milestones_AreAllNamed() =>
        Assert.All(Enum.GetNames<RollMilestone>(), name => Assert.Contains($"`{name}`", Roll.Section("Steps"), StringComparison.Ordinal));

    [Fact]
    public void RollPage_JsonRecord_IsReadAndBreaksNoRule()
    {
        RollKafkaClusterInput input = JsonSerializer.Deserialize<RollKafkaClusterInput>(Assert.Single(Roll.Blocks("json")))!;

        Assert.Empty(RequestRules.Check(input.Target, input.Change));
        Assert.Empty(RollInputRules.Check(input));
        Assert.Equal(ChangeMode.Execute, input.Change.Mode);
        Assert.Equal(RollComponent.Both, input.Component);
        Assert.Equal(TimeSpan.FromMinutes(1), input.Cooldown);
    }

    private static IEnumerable<(string Name, string Default)> Fields(object record, string prefix) =>
        record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(property => property.MetadataToken)
            .Select(property => (prefix + JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name), Text(property.GetValue(record))));

    private static string Text(object? value) => value switch
    {
        TimeSpan duration => XmlConvert.ToString(duration)[2..].ToLowerInvariant(),
        bool flag => flag ? "true" : "false",
        Enum choice => JsonNamingPolicy.KebabCaseLower.ConvertName($"{choice}"),
        System.Collections.ICollection { Count: 0 } => "none",
        _ => $"{value}",
    };
}
