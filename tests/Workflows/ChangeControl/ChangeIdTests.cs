using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>How a start that is sent twice becomes one run.</summary>
public sealed class ChangeIdTests
{
    private const string Roll = "roll-kafka-cluster";
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChangeTarget Target = new("lab", "confluent");

    [Fact]
    public void ChangeId_SameRequestIdOnTheSameDay_IsTheSame() => Assert.Equal(
        ChangeId.Create(Roll, Target, "pipeline-4711", Noon),
        ChangeId.Create(Roll, Target, "pipeline-4711", Noon.AddHours(11)));

    /// <summary>A caller that retries holds on to it: the name of a request id must be the same in every version.</summary>
    [Fact]
    public void ChangeId_KnownRequestId_IsTheOneOfEveryVersion() =>
        Assert.Equal("CHG-20261121-AP92-C1RR-6XB2-E6W0", ChangeId.Create(Roll, Target, "pipeline-4711", Noon));

    [Fact]
    public void ChangeId_SameRequestIdForAnotherProcedureOrTarget_IsAnother()
    {
        List<string> ids =
        [
            ChangeId.Create(Roll, Target, "pipeline-4711", Noon),
            ChangeId.Create("restart-kafka-broker", Target, "pipeline-4711", Noon),
            ChangeId.Create(Roll, Target with { Namespace = "other" }, "pipeline-4711", Noon),
            ChangeId.Create(Roll, Target with { Namespace = null }, "pipeline-4711", Noon),
        ];

        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("2026-11-21T23:59:59Z", "20261121")]
    [InlineData("2026-11-22T00:30:00+01:00", "20261121")]
    [InlineData("2026-11-21T23:30:00-01:00", "20261122")]
    public void ChangeId_AnyTimeZone_HasTheDayOfUtc(string at, string day) =>
        Assert.Equal(day, ChangeId.Create(Roll, Target, "r", DateTimeOffset.Parse(at)).Split('-')[1]);

    [Fact]
    public void ChangeId_ManyRequestIds_AreEightyBitsInCrockfordsAlphabetAndDiffer()
    {
        List<string> ids = [.. Enumerable.Range(0, 1000).Select(i => ChangeId.Create(Roll, Target, $"request-{i}", Noon))];

        Assert.All(ids, id => Assert.Matches("^CHG-20261121(-[0-9A-HJKMNP-TV-Z]{4}){4}$", id));
        Assert.All(ids, id => Assert.True(ChangeId.IsOne(id)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        // Every place takes every character: no bit is left out.
        Assert.All(
            Enumerable.Range("CHG-20261121-".Length, 19).Where(place => ids[0][place] != '-'),
            place => Assert.Equal(32, ids.Select(id => id[place]).Distinct().Count()));
    }

    [Theory]
    [InlineData("roll-kafka-cluster/lab/confluent/CHG-20261121-7KQ2-M9XD-T4RW-0HCE", "CHG-20261121-7KQ2-M9XD-T4RW-0HCE")]
    [InlineData("roll-kafka-cluster/lab/CHG-20261121-7KQ2-M9XD-T4RW-0HCE", "CHG-20261121-7KQ2-M9XD-T4RW-0HCE")]
    [InlineData("touch/lab/CHG-20261121-ABCDEF", "CHG-20261121-ABCDEF")]
    [InlineData("started-by-hand", "started-by-hand")]
    [InlineData("a/b", "a/b")]
    [InlineData("..", "..")]
    [InlineData("evil/CHG-20261121-7KQ2-M9XD-T4RW-0HCE", "evil/CHG-20261121-7KQ2-M9XD-T4RW-0HCE")]
    [InlineData("roll/lab/x/CHG-20261121-..", "roll/lab/x/CHG-20261121-..")]
    [InlineData("roll/lab/x/CHG-20261121-7KQ2\n", "roll/lab/x/CHG-20261121-7KQ2\n")]
    public void ChangeId_OfAWorkflowId_IsItsLastPartWhereTheIdIsOneOfAProcedure(string workflowId, string changeId) =>
        Assert.Equal(changeId, ChangeId.Of(workflowId));

    [Theory]
    [InlineData("CHG-20261121-7KQ2-M9XD-T4RW-0HCE", "CHG-20261121-7KQ2-M9XD-T4RW-0HCE")]
    [InlineData(" chg-20261121-7kq2", "CHG-20261121-7KQ2")]
    [InlineData("CHG-20261121-OIL2", "CHG-20261121-0112")]
    [InlineData("CHG-2026", "CHG-2026")]
    [InlineData("CHG-", null)]
    [InlineData("CHG-20261121-7KQ2' OR ''='", null)]
    [InlineData("roll-kafka-cluster/lab/CHG-20261121-7KQ2", null)]
    public void Beginning_AsPeopleTypeIt_IsWhatIsSearchedFor(string typed, string? searched) =>
        Assert.Equal(searched, ChangeId.Beginning(typed));

    [Fact]
    public void WorkflowId_OfAChange_NamesProcedureTargetAndChange()
    {
        string change = ChangeId.Create(Roll, Target, "r", Noon);
        string id = ChangeId.WorkflowId(Roll, Target, change);

        Assert.Equal($"roll-kafka-cluster/lab/confluent/{change}", id);
        Assert.Equal(change, ChangeId.Of(id));
    }
}
