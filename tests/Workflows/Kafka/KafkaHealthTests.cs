using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.Tests.Kafka;

/// <summary>Whether a Kafka cluster is whole, and what is said where it is not.</summary>
public sealed class KafkaHealthTests
{
    private static readonly KafkaSnapshot Whole = WholeKafka.Snapshot;

    /// <summary>A cluster and every reason why it is not whole.</summary>
    public static TheoryData<KafkaSnapshot, string[]> Rows => new()
    {
        { Whole, [] },
        { Whole.With(WholeKafka.Broker(3)), [] },

        // What cannot be read blocks, and is never taken for an empty list.
        {
            Whole with { Unreadable = [new("topics through 127.0.0.1:9092", "no answer within 30 s.")], Quorum = null, Brokers = [] },
            ["KAFKA_UNREACHABLE Could not read topics through 127.0.0.1:9092: no answer within 30 s."]
        },
        {
            Whole with { Unreadable = [new("topics", "topic orders: Topic authorization failed.", "DescribeConfigs on topic orders")] },
            ["KAFKA_DENIED Kafka denies the worker's user what it needs to read topics: topic orders: Topic authorization failed."]
        },
        { Whole with { Quorum = null }, ["KAFKA_UNREACHABLE The KRaft quorum could not be read."] },

        // The quorum.
        { Whole with { Quorum = WholeKafka.Quorum with { Leader = null } },
            ["QUORUM_NO_LEADER The KRaft quorum of [9990, 9991, 9992] has no leader."] },
        {
            Whole with { Quorum = WholeKafka.Quorum with { Voters = [WholeKafka.Voter(9990), WholeKafka.Voter(9991)] } },
            ["VOTERS_MISMATCH The KRaft quorum's voters are [9990, 9991], but the controllers' resource names [9990, 9991, 9992]."]
        },
        { WithVoter(new(9992, 2000, 2000, CaughtUp: false)),
            ["QUORUM_LAGGING Voter 9992 of the KRaft quorum is not caught up: it lags by 2000 records."] },
        {
            WithVoter(new(9992, 3999, 1, CaughtUp: false) { BehindFor = TimeSpan.FromSeconds(3.4) }),
            ["QUORUM_LAGGING Voter 9992 of the KRaft quorum is not caught up: it was last caught up 3.4 s ago."]
        },
        { WithVoter(new(9992, 2000, null, CaughtUp: false)),
            ["QUORUM_LAGGING Voter 9992 of the KRaft quorum is not caught up: its lag is unknown."] },
        { WithVoter(new(9992, null, null, CaughtUp: false)),
            ["QUORUM_LAGGING Voter 9992 of the KRaft quorum is not caught up: it does not answer."] },
        { WithVoter(new(9992, null, null, CaughtUp: false, "refused.")),
            ["QUORUM_LAGGING Voter 9992 of the KRaft quorum is not caught up: it does not answer: refused."] },

        { Whole with { Quorum = WholeKafka.Quorum with { ActiveControllers = [9991] } }, [] },
        {
            Whole with { Quorum = WholeKafka.Quorum with { ActiveControllers = [9990, 9991] } },
            ["ACTIVE_CONTROLLERS Each of the controllers [9990, 9991] claims to be the active one, while 9991 leads the KRaft quorum."]
        },
        {
            Whole with { Quorum = WholeKafka.Quorum with { ActiveControllers = [] } },
            ["ACTIVE_CONTROLLERS No controller claims to be the active one, while 9991 leads the KRaft quorum."]
        },

        // The brokers.
        { Whole.Without(1), ["BROKERS_MISSING 1 of 3 brokers are not registered: [1]."] },
        { Whole.Without(2).Without(0), ["BROKERS_MISSING 2 of 3 brokers are not registered: [0, 2]."] },
        {
            Whole.With(new BrokerSnapshot(2, 0, 36, State: 2, RemainingSegments: 40, Registered: false)),
            [
                "BROKERS_MISSING 1 of 3 brokers are not registered: [2].",
                "BROKER_RECOVERING Broker 2 is recovering its log, 40 segments remain; a restart would start that over.",
            ]
        },
        {
            Whole.With(WholeKafka.Broker(2) with { RemainingLogs = 3, RemainingSegments = 7 }),
            ["BROKER_RECOVERING Broker 2 is recovering its log, 3 logs and 7 segments remain; a restart would start that over."]
        },
        { Whole.With(WholeKafka.Broker(2) with { RemainingLogs = 0, OfflineLogDirs = 0 }), [] },
        {
            Whole.With(WholeKafka.Broker(1) with { OfflineLogDirs = 2 }),
            ["LOG_DIRS_FAILED 2 log folders of broker 1 have failed; their data would still be missing after a restart."]
        },

        // The partitions.
        { Whole with { Reassigning = 4 }, ["REASSIGNMENT_RUNNING 4 partitions are being moved."] },
        { Whole with { Reassigning = 4, ThrottledTopics = ["orders"] }, ["REASSIGNMENT_RUNNING 4 partitions are being moved."] },
        {
            Whole with { ThrottledTopics = ["orders", "audit"], ThrottledTotal = 5000 },
            [
                "THROTTLE_LEFT Nothing is being moved, but replicas of 5000 topics are still throttled: orders, audit and 4998 more. "
                    + "A restarted broker may not catch up.",
            ]
        },
        {
            Whole with { ThrottledTopics = ["orders", "audit"] },
            ["THROTTLE_LEFT Nothing is being moved, but replicas of 2 topics are still throttled: orders, audit. "
                + "A restarted broker may not catch up."]
        },
        { Whole.Exposing(WholeKafka.Orders(0, 0, [0, 1, 2], minInSync: 3)), [] },
        {
            Whole.Exposing(WholeKafka.Orders(5, 0, [0, 1])),
            ["PARTITIONS_UNDER_REPLICATED 1 of 36 partitions have replicas that are not in sync: orders-5 (ISR 2 of 3 [0,1], min ISR 2)."]
        },
        {
            Whole.Exposing(WholeKafka.Orders(5, 0, [0])),
            [
                "PARTITIONS_UNDER_MIN_ISR 1 of 36 partitions have fewer in-sync replicas than min.insync.replicas: "
                    + "orders-5 (ISR 1 of 3 [0], min ISR 2).",
                "PARTITIONS_UNDER_REPLICATED 1 of 36 partitions have replicas that are not in sync: orders-5 (ISR 1 of 3 [0], min ISR 2).",
            ]
        },
        {
            Whole.Exposing(WholeKafka.Orders(5, null, []), WholeKafka.Orders(6, 0, [0, 1])),
            [
                "PARTITIONS_OFFLINE 1 of 36 partitions have no leader: orders-5 (no leader, ISR 0 of 3 [], min ISR 2).",
                "PARTITIONS_UNDER_MIN_ISR 1 of 36 partitions have fewer in-sync replicas than min.insync.replicas: "
                    + "orders-5 (no leader, ISR 0 of 3 [], min ISR 2).",
                "PARTITIONS_UNDER_REPLICATED 2 of 36 partitions have replicas that are not in sync: "
                    + "orders-5 (no leader, ISR 0 of 3 [], min ISR 2), orders-6 (ISR 2 of 3 [0,1], min ISR 2).",
            ]
        },

        // A topic with one replica and min ISR 2 takes writes: a broker asks for no more in-sync replicas than there are replicas.
        { Whole.Exposing(new PartitionSnapshot("single", 0, 0, [0], [0], 2)), [] },

        // Everything at once, in the order in which a person would look at it.
        {
            Whole.Without(1).Exposing(WholeKafka.Orders(5, 0, [0, 2])) with
            {
                Reassigning = 1, Quorum = WholeKafka.Quorum with { Leader = null },
            },
            [
                "QUORUM_NO_LEADER The KRaft quorum of [9990, 9991, 9992] has no leader.",
                "BROKERS_MISSING 1 of 3 brokers are not registered: [1].",
                "REASSIGNMENT_RUNNING 1 partitions are being moved.",
                "PARTITIONS_UNDER_REPLICATED 1 of 36 partitions have replicas that are not in sync: "
                    + "orders-5 (ISR 2 of 3 [0,2], min ISR 2).",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void KafkaHealth_Cluster_NamesEveryReasonWithObjectAndNumbers(KafkaSnapshot kafka, string[] reasons) => Assert.Equal(
        reasons,
        KafkaHealth.Check(kafka, WholeKafka.BrokerIds, WholeKafka.VoterIds).Select(refusal => $"{refusal.Code} {refusal.Sentence}"));

    [Fact]
    public void KafkaHealth_VoterIdsNotKnown_AreCounted()
    {
        KafkaSnapshot two = Whole with { Quorum = WholeKafka.Quorum with { Voters = [WholeKafka.Voter(9990), WholeKafka.Voter(9991)] } };

        Assert.Equal(
            "The KRaft quorum has 2 voters [9990, 9991], but the controllers' resource asks for 3.",
            Assert.Single(KafkaHealth.Check(two, WholeKafka.BrokerIds, [], voters: 3)).Sentence);
        Assert.Empty(KafkaHealth.Check(Whole, WholeKafka.BrokerIds, [], voters: 3));
        Assert.Empty(KafkaHealth.Check(two, WholeKafka.BrokerIds, []));
    }

    [Fact]
    public void KafkaHealth_FortyPartitions_NamesTenAndCountsTheRest()
    {
        KafkaSnapshot kafka = Whole.Exposing([.. Enumerable.Range(0, 40).Select(number => WholeKafka.Orders(number, 0, [0, 1]))]);

        string sentence = Assert.Single(KafkaHealth.Check(kafka, WholeKafka.BrokerIds, WholeKafka.VoterIds)).Sentence;

        Assert.StartsWith("40 of 36 partitions have replicas that are not in sync: orders-0 (", sentence, StringComparison.Ordinal);
        Assert.EndsWith("orders-9 (ISR 2 of 3 [0,1], min ISR 2), and 30 more.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void KafkaHealth_WhatCannotBeRead_IsUnknownAndBlocks()
    {
        Refusal refusal = Assert.Single(
            KafkaHealth.Check(Whole with { Unreadable = [new("quorum", "refused.")] }, WholeKafka.BrokerIds, WholeKafka.VoterIds));

        Assert.Equal(RefusalSeverity.Unknown, refusal.Severity);
        Assert.True(refusal.Blocks);
    }

    [Fact]
    public void WithoutSpare_TopicNotAccepted_BlocksAndAnAcceptedOneIsShown()
    {
        KafkaSnapshot kafka = Whole with { TopicsWithoutSpare = [new("audit", 1, 1), new("ledger", 2, 2)] };

        IReadOnlyList<Refusal> refusals = KafkaHealth.WithoutSpare(kafka, ["ledger", "unknown"]);

        Assert.Equal(
            [
                "Block Topic audit (replication factor 1, min ISR 1) is offline for reads and writes "
                    + "while the only replica of a partition restarts.",
                "Warn Topic ledger (replication factor 2, min ISR 2) accepts no writes while one of its replicas restarts; "
                    + "this is accepted.",
            ],
            refusals.Select(refusal => $"{refusal.Severity} {refusal.Sentence}"));
        Assert.All(refusals, refusal => Assert.Equal(KafkaCodes.RfNotAboveMinIsr, refusal.Code));
    }

    [Fact]
    public void WithoutSpare_OfThousandsOfTopics_NamesTenAndCountsTheRest()
    {
        KafkaSnapshot kafka = Whole with
        {
            TopicsWithoutSpare =
            [
                .. Enumerable.Range(0, KafkaSnapshot.MaximumWithoutSpare).Select(i => new TopicWithoutSpare($"t-{i:000}", 2, 2)),
            ],
            TopicsWithoutSpareTotal = 4_000,
        };

        IReadOnlyList<Refusal> none = KafkaHealth.WithoutSpare(kafka, []);
        IReadOnlyList<Refusal> all = KafkaHealth.WithoutSpare(
            kafka with { TopicsWithoutSpareTotal = null }, [.. kafka.TopicsWithoutSpare.Select(topic => topic.Topic)]);

        Assert.Equal(
            (11, "And 3990 more topics without a replica to spare. "
                + "With more than 500 topics, a change cannot tell which of them are accepted."),
            (none.Count, none[^1].Sentence));
        Assert.True(none[^1].Blocks);
        Assert.Equal((11, "And 490 more topics without a replica to spare, all of them accepted."), (all.Count, all[^1].Sentence));
        Assert.DoesNotContain(all, refusal => refusal.Blocks);
    }

    private static KafkaSnapshot WithVoter(VoterSnapshot voter) => Whole with
    {
        Quorum = WholeKafka.Quorum with { Voters = [.. WholeKafka.Quorum.Voters.Where(other => other.Id != voter.Id), voter] },
    };
}
