namespace Orchestrator.Workflows.Kafka;

/// <summary>A Kafka cluster at one moment.</summary>
/// <param name="TakenAt">When it was read.</param>
/// <param name="Brokers">The brokers that are registered and not fenced, and those of which only the process answers, by id.</param>
/// <param name="Topics">How many topics there are, internal ones included.</param>
/// <param name="Partitions">How many partitions they have.</param>
/// <param name="Offline">How many partitions have no leader.</param>
/// <param name="UnderMinIsr">How many have fewer in-sync replicas than their effective min.insync.replicas, and replicas enough to have
/// more.</param>
/// <param name="UnderReplicated">How many have fewer in-sync replicas than replicas.</param>
/// <param name="Exposed">
/// The partitions that are not whole, or that would not take writes with one replica less: no leader first, then under min ISR, then
/// under-replicated, then without a replica to spare; by topic and partition, the first <see cref="MaximumExposed"/>. Empty also when
/// <see cref="Unreadable"/> says that partitions were not read.
/// </param>
/// <param name="TopicsWithoutSpare">
/// The topics whose replication factor is not above their min.insync.replicas, by name, the first <see cref="MaximumWithoutSpare"/>.
/// </param>
/// <param name="Reassigning">How many partitions are being moved.</param>
/// <param name="Quorum">The KRaft quorum; null where it could not be read.</param>
/// <param name="Unreadable">What could not be read, and why. Anything here blocks.</param>
public sealed record KafkaSnapshot(
    DateTimeOffset TakenAt,
    IReadOnlyList<BrokerSnapshot> Brokers,
    int Topics,
    int Partitions,
    int Offline,
    int UnderMinIsr,
    int UnderReplicated,
    IReadOnlyList<PartitionSnapshot> Exposed,
    IReadOnlyList<TopicWithoutSpare> TopicsWithoutSpare,
    int Reassigning,
    QuorumSnapshot? Quorum,
    IReadOnlyList<UnreadableSource> Unreadable)
{
    /// <summary>How many topics have no replica to spare; null where <see cref="TopicsWithoutSpare"/> lists all of them.</summary>
    public int? TopicsWithoutSpareTotal { get; init; }

    /// <summary>Which cluster the brokers say that they are; null where they could not be asked.</summary>
    public string? ClusterId { get; init; }

    /// <summary>
    /// The first ten topics whose replicas are throttled, by name: left over where nothing is being moved. Snapshots of older versions list
    /// all of them.
    /// </summary>
    public IReadOnlyList<string> ThrottledTopics { get; init; } = [];

    /// <summary>How many topics are throttled; null where <see cref="ThrottledTopics"/> lists all of them.</summary>
    public int? ThrottledTotal { get; init; }

    /// <summary>The fullest volume of each registered broker; empty where nobody asked for them.</summary>
    public IReadOnlyList<DiskSnapshot> Disks { get; init; } = [];

    /// <summary>How many exposed partitions, and how many topics of a kind, a snapshot names at most: 500, some 60 KB of history.</summary>
    public const int MaximumExposed = 500;

    /// <summary>
    /// How many topics without a replica to spare a snapshot names at most: 500, some 40 KB of history. Changes accept them by name, so ten
    /// would not do.
    /// </summary>
    public const int MaximumWithoutSpare = 500;
}
