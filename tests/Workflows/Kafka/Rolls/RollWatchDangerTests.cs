using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>What endangers a cluster that rolls: at once, or when it lasts a minute.</summary>
public sealed class RollWatchDangerTests
{
    private const string Kafka = "kafkas.platform.confluent.io confluent/kafka";

    /// <summary>A cluster in a danger that may pass, and what is said of it after a minute.</summary>
    public static TheoryData<KafkaSnapshot, string> Lasting => new()
    {
        {
            WholeKafka.Snapshot.Exposing(WholeKafka.Orders(5, 0, [0]), WholeKafka.Orders(6, 0, [0, 1])),
            "1 partitions accept no writes: orders-5 (ISR 1 of 3 [0], min ISR 2)."
        },
        { WholeKafka.Snapshot.Exposing(WholeKafka.Orders(5, null, [2])),
            "1 partitions accept no writes: orders-5 (no leader, ISR 1 of 3 [2], min ISR 2)." },
        { WholeKafka.Snapshot with { Quorum = WholeKafka.Quorum with { Leader = null } }, "The KRaft quorum has no leader." },
        { WholeKafka.Snapshot with { Quorum = null }, "The KRaft quorum could not be read." },
        {
            WholeKafka.Snapshot with { Reassigning = 2 },
            "2 partitions are being moved while pods are still to be restarted: a replica that is in sync now may be restarted next."
        },
        { WholeKafka.Snapshot with { Unreadable = [new("topics", "no answer within 30 s.")] },
            "Could not read topics: no answer within 30 s." },
    };

    /// <summary>A cluster that is not whole, as it is while a broker restarts, and in no danger.</summary>
    public static TheoryData<KafkaSnapshot> Harmless =>
    [
        WholeKafka.Snapshot.Exposing(WholeKafka.Orders(5, 0, [0, 1])).Without(2),
        WholeKafka.Snapshot.Exposing(new PartitionSnapshot("accepted", 0, null, [2], [], 1)),
        WholeKafka.Snapshot.Exposing(new PartitionSnapshot("single", 0, 0, [0], [0], 2)),
    ];

    [Theory]
    [MemberData(nameof(Lasting))]
    public void RollWatch_DangerThatLastsAMinute_BreachesThenAndNotBefore(KafkaSnapshot kafka, string sentence)
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads();
        roll.Kafka = kafka;

        // Seen first at 00:20.
        roll.Reads(6);
        Assert.Single(roll.Milestones);
        roll.Reads();

        Assert.Equal($"01:20 Breached {sentence}", roll.Milestones[^1]);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public void RollWatch_DangerThatPassesInBetween_CountsAnew(KafkaSnapshot kafka, string sentence)
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads();
        for (int time = 0; time < 3; time++)
        {
            roll.Kafka = kafka;
            roll.Reads(6).CaughtUp().Reads();
        }

        Assert.True(roll.Milestones.Count == 1, sentence);
        Assert.Null(roll.Progress.DangerSince);
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void RollWatch_OneReplicaLessThanWanted_IsNoDanger(KafkaSnapshot kafka)
    {
        ScriptedRoll roll = new ScriptedRoll(acceptUnavailable: "accepted").TakenUp().Reads();
        roll.Kafka = kafka;
        roll.Reads(60);

        Assert.Single(roll.Milestones);
        Assert.Null(roll.Progress.DangerSince);
    }

    [Fact]
    public void RollWatch_DangerBeforeTheOperatorBegins_BreachesAsWell()
    {
        ScriptedRoll roll = new();
        roll.Kafka = WholeKafka.Snapshot.Exposing(WholeKafka.Orders(5, 0, [0]));

        Assert.StartsWith("01:10 Breached 1 partitions accept no writes", roll.Reads(7).Milestones[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void RollWatch_TwoPodsUnavailableTogether_BreachesAtOnce()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Reads();
        Assert.Single(roll.Milestones);

        roll.Changed(1, pod => pod with { Terminating = true }).Reads();

        Assert.Equal($"00:30 Breached 2 of 3 pods of {Kafka} are unavailable at once: kafka-2, kafka-1.", roll.Milestones[^1]);
    }

    [Fact]
    public void RollWatch_TwoPodsNotReady_BreachesAtOnceAlsoBeforeTheOperatorBegins()
    {
        ScriptedRoll roll = new ScriptedRoll()
            .Changed(0, pod => pod with { Ready = false }).Changed(2, pod => pod with { Ready = false }).Reads();

        Assert.Equal([$"00:10 Breached 2 of 3 pods of {Kafka} are unavailable at once: kafka-2, kafka-0."], roll.Milestones);
    }

    [Fact]
    public void RollWatch_ResourceGone_BreachesAndNamesIt()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads();
        roll.Cluster = roll.Cluster with { Kafka = null };

        Assert.Equal("00:20 Breached The resource of the brokers of Kafka kafka in lab/confluent is gone during its roll.",
            roll.Reads().Milestones[^1]);
    }

    [Fact]
    public void RollWatch_PodThatQuotaKeepsAway_IsQuotedAtOnceAndBreachesAfterAMinute()
    {
        const string Trouble =
            "FailedCreate: create Pod kafka-2 in StatefulSet kafka failed error: pods \"kafka-2\" is forbidden: "
            + "exceeded quota: full, requested: pods=1, used: pods=5, limited: pods=5";
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2);
        roll.Component = roll.Component with { Troubles = [Trouble] };

        Assert.Equal($"Pod kafka-2 was stopped and has not been recreated yet. {Trouble}", roll.Reads().Progress.Sentence);
        Assert.Equal($"01:20 Breached A pod of {Kafka} does not come back. {Trouble}", roll.Reads(6).Milestones[^1]);
    }

    [Fact]
    public void RollWatch_ManyPartitionsShut_NamesTen()
    {
        ScriptedRoll roll = new ScriptedRoll(limits: new RollLimits { BreachAfter = ScriptedRoll.Poll }).TakenUp().Reads();
        roll.Kafka = WholeKafka.Snapshot.Exposing([.. Enumerable.Range(0, 30).Select(number => WholeKafka.Orders(number, 0, [0]))]);

        string sentence = roll.Reads(2).Milestones[^1];

        Assert.Contains("30 partitions accept no writes: orders-0 (", sentence, StringComparison.Ordinal);
        Assert.EndsWith("orders-9 (ISR 1 of 3 [0], min ISR 2), ….", sentence, StringComparison.Ordinal);
    }
}
