using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Workflows.Tests.Procedures.RollKafkaCluster;

/// <summary>The rules of the roll's own fields.</summary>
public sealed class RollInputRulesTests
{
    private static readonly RollKafkaClusterInput Good = new() { Target = new ChangeTarget("lab") };
    private static readonly TimeSpan EightDays = TimeSpan.FromDays(8);

    /// <summary>Inputs that break no rule.</summary>
    public static TheoryData<RollKafkaClusterInput> GoodInputs =>
    [
        Good,
        Good with { Name = "kafka-2.eu", Component = RollComponent.Both, Cooldown = TimeSpan.Zero },
        Good with { Limits = new RollLimits { PollEvery = TimeSpan.FromSeconds(1), SteadySamples = 1, SyncCap = TimeSpan.FromDays(7) } },
    ];

    /// <summary>An input and the one rule that it breaks.</summary>
    public static TheoryData<RollKafkaClusterInput, string> BadInputs => new()
    {
        { Good with { Name = "" }, "Name '' is not a valid resource name: use lower-case letters, digits, '-' and '.', at most 253." },
        { Good with { Name = null! }, "Name '' is not a valid resource name" },
        { Good with { Name = "Kafka" }, "Name 'Kafka' is not a valid resource name" },
        { Good with { Name = "a/b" }, "Name 'a/b' is not a valid resource name" },
        { Good with { Name = "kafka\n" }, "Name 'kafka\n' is not a valid resource name" },
        { Good with { Component = (RollComponent)7 }, "Component '7' must be one of Brokers, Controllers, Both." },
        { Good with { Cooldown = TimeSpan.FromSeconds(-1) }, "Cooldown is -00:00:01; it must be between 0 s and 7 days." },
        { Good with { Cooldown = EightDays }, "Cooldown is 8.00:00:00; it must be between 0 s and 7 days." },
        { Good with { AcceptUnavailable = null! }, "AcceptUnavailable is null; list topics or leave it out." },
        { Good with { Limits = null! }, "Limits is null; leave it out for the defaults." },
        { Good with { Limits = new RollLimits { StallAfter = TimeSpan.Zero } },
            "Limits.StallAfter is 00:00:00; it must be between 1 s and 7 days." },
        { Good with { Limits = new RollLimits { PodCap = EightDays } }, "Limits.PodCap is 8.00:00:00" },
        { Good with { Limits = new RollLimits { SyncCap = TimeSpan.MaxValue } }, "Limits.SyncCap is " },
        { Good with { Limits = new RollLimits { PickUpWithin = TimeSpan.Zero } }, "Limits.PickUpWithin is 00:00:00" },
        { Good with { Limits = new RollLimits { BreachAfter = TimeSpan.Zero } }, "Limits.BreachAfter is 00:00:00" },
        { Good with { Limits = new RollLimits { PollEvery = TimeSpan.FromMilliseconds(999) } }, "Limits.PollEvery is 00:00:00.9990000" },
        { Good with { Limits = new RollLimits { SteadyEvery = TimeSpan.Zero } }, "Limits.SteadyEvery is 00:00:00" },
        { Good with { Limits = new RollLimits { SteadySamples = 0 } }, "Limits.SteadySamples is 0; it must be between 1 and 100." },
        { Good with { Limits = new RollLimits { SteadySamples = 101 } }, "Limits.SteadySamples is 101; it must be between 1 and 100." },
    };

    [Theory]
    [MemberData(nameof(GoodInputs))]
    public void RollInputRules_GoodInput_BreaksNone(RollKafkaClusterInput input) => Assert.Empty(RollInputRules.Check(input));

    [Theory]
    [MemberData(nameof(BadInputs))]
    public void RollInputRules_BadField_NamesFieldValueAndRule(RollKafkaClusterInput input, string fault) =>
        Assert.StartsWith(fault, Assert.Single(RollInputRules.Check(input)), StringComparison.Ordinal);

    [Fact]
    public void RollTier_EachWaiver_RaisesIt()
    {
        Assert.Equal(ChangeTier.T2, RollInputRules.Tier(Good, ChangeTier.T2));
        Assert.Equal(ChangeTier.T3, RollInputRules.Tier(Good with { AcceptUnavailable = ["orders"] }, ChangeTier.T2));
        Assert.Equal(ChangeTier.T3, RollInputRules.Tier(Good with { AcceptQuorumLoss = true }, ChangeTier.T2));
    }
}
