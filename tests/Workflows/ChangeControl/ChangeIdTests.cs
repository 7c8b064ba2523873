using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>How a start that is sent twice becomes one run.</summary>
public sealed class ChangeIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void ChangeId_SameRequestIdOnTheSameDay_IsTheSame() => Assert.Equal(
        ChangeId.Create("pipeline-4711", Noon),
        ChangeId.Create("pipeline-4711", Noon.AddHours(11)));

    /// <summary>A caller that retries holds on to it: the name of a request id must be the same in every version.</summary>
    [Fact]
    public void ChangeId_KnownRequestId_IsTheOneOfEveryVersion() =>
        Assert.Equal("CHG-20261121-ZCA5AF", ChangeId.Create("pipeline-4711", Noon));

    [Theory]
    [InlineData("2026-11-21T23:59:59Z", "20261121")]
    [InlineData("2026-11-22T00:30:00+01:00", "20261121")]
    [InlineData("2026-11-21T23:30:00-01:00", "20261122")]
    public void ChangeId_AnyTimeZone_HasTheDayOfUtc(string at, string day) =>
        Assert.Equal(day, ChangeId.Create("r", DateTimeOffset.Parse(at)).Split('-')[1]);

    [Fact]
    public void ChangeId_ManyRequestIds_AreSixCharactersOfCrockfordAndDiffer()
    {
        List<string> ids = [.. Enumerable.Range(0, 1000).Select(i => ChangeId.Create($"request-{i}", Noon))];

        Assert.All(ids, id => Assert.Matches("^CHG-20261121-[0-9A-HJKMNP-TV-Z]{6}$", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("roll-kafka-cluster/lab/confluent/CHG-20261121-ABCDEF", "CHG-20261121-ABCDEF")]
    [InlineData("roll-kafka-cluster/lab/CHG-20261121-ABCDEF", "CHG-20261121-ABCDEF")]
    [InlineData("started-by-hand", "started-by-hand")]
    [InlineData("a/b", "a/b")]
    public void ChangeId_OfAWorkflowId_IsItsLastPart(string workflowId, string changeId) => Assert.Equal(changeId, ChangeId.Of(workflowId));

    [Fact]
    public void WorkflowId_OfAChange_NamesProcedureTargetAndChange()
    {
        string id = ChangeId.WorkflowId("roll-kafka-cluster", new ChangeTarget("lab", "confluent"), "CHG-20261121-ABCDEF");

        Assert.Equal("roll-kafka-cluster/lab/confluent/CHG-20261121-ABCDEF", id);
        Assert.Equal("CHG-20261121-ABCDEF", ChangeId.Of(id));
    }
}
