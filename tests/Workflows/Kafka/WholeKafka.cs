using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.Tests.Kafka;

/// <summary>A Kafka cluster that is whole: brokers 0 to 2, controllers 9990 to 9992 under 9991, 12 topics with 36 partitions.</summary>
internal static class WholeKafka
{
    public const string ClusterId = "mnscLT5PSluMbX6PkKGyww";

    public static IReadOnlyList<int> BrokerIds { get; } = [0, 1, 2];

    public static IReadOnlyList<int> VoterIds { get; } = [9990, 9991, 9992];

    public static QuorumSnapshot Quorum { get; } = new(9991, 7, [Voter(9990), Voter(9991), Voter(9992)]);

    public static KafkaSnapshot Snapshot { get; } = new(
        new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
        [Broker(0), Broker(1), Broker(2)],
        Topics: 12,
        Partitions: 36,
        Offline: 0,
        UnderMinIsr: 0,
        UnderReplicated: 0,
        Exposed: [],
        TopicsWithoutSpare: [],
        Reassigning: 0,
        Quorum,
        Unreadable: [])
    {
        ClusterId = ClusterId,
    };

    public static VoterSnapshot Voter(int id) => new(id, LogEndOffset: 4000, Lag: 0, CaughtUp: true);

    public static BrokerSnapshot Broker(int id) => new(id, LeaderOf: 12, ReplicaOf: 36, State: 3, RemainingSegments: null);

    /// <summary>A partition <c>orders-number</c> with replicas on all brokers.</summary>
    public static PartitionSnapshot Orders(int number, int? leader, int[] inSync, int minInSync = 2) =>
        new("orders", number, leader, BrokerIds, inSync, minInSync);

    public static KafkaSnapshot With(this KafkaSnapshot kafka, BrokerSnapshot broker) =>
        kafka with { Brokers = [.. kafka.Brokers.Where(other => other.Id != broker.Id).Append(broker).OrderBy(other => other.Id)] };

    public static KafkaSnapshot Without(this KafkaSnapshot kafka, int broker) => kafka with
    {
        Brokers = [.. kafka.Brokers.Where(other => other.Id != broker)],
    };

    /// <summary>Partitions that are not whole, counted as a reading counts them.</summary>
    public static KafkaSnapshot Exposing(this KafkaSnapshot kafka, params PartitionSnapshot[] partitions) => kafka with
    {
        Exposed = partitions,
        Offline = partitions.Count(partition => partition.IsOffline),
        UnderMinIsr = partitions.Count(partition => partition.IsUnderMinIsr),
        UnderReplicated = partitions.Count(partition => partition.IsUnderReplicated),
    };
}
