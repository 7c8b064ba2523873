using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Counts of a cluster's partitions, and the ones that are not whole or have no replica to spare.</summary>
internal sealed record PartitionTally(
    int Partitions,
    int Offline,
    int UnderMinIsr,
    int UnderReplicated,
    IReadOnlyList<PartitionSnapshot> Exposed,
    IReadOnlyList<TopicWithoutSpare> TopicsWithoutSpare)
{
    public static PartitionTally Of(IReadOnlyList<TopicReading> topics)
    {
        List<PartitionSnapshot> all = [.. topics.SelectMany(topic => topic.Partitions)];
        return new(
            all.Count,
            all.Count(IsOffline),
            all.Count(IsUnderMinIsr),
            all.Count(IsUnderReplicated),
            [
                .. all.Where(IsExposed)
                    .OrderBy(Rank)
                    .ThenBy(partition => partition.Topic, StringComparer.Ordinal)
                    .ThenBy(partition => partition.Partition)
                    .Take(KafkaSnapshot.MaximumExposed),
            ],
            [
                .. topics.Where(topic => topic.Partitions.Count > 0)
                    .Select(topic => new TopicWithoutSpare(topic.Name, topic.Partitions.Min(partition => partition.Replicas.Count), topic.MinInSync))
                    .Where(topic => topic.ReplicationFactor <= topic.MinInSync)
                    .OrderBy(topic => topic.Topic, StringComparer.Ordinal),
            ]);
    }

    private static bool IsOffline(PartitionSnapshot partition) => partition.Leader is null;

    private static bool IsUnderReplicated(PartitionSnapshot partition) => partition.InSync.Count < partition.Replicas.Count;

    // A broker asks for no more in-sync replicas than there are replicas.
    private static bool IsUnderMinIsr(PartitionSnapshot partition) => partition.InSync.Count < partition.MinInSync && IsUnderReplicated(partition);

    private static bool IsExposed(PartitionSnapshot partition) =>
        IsOffline(partition) || IsUnderReplicated(partition) || partition.InSync.Count <= partition.MinInSync;

    private static int Rank(PartitionSnapshot partition) =>
        IsOffline(partition) ? 0
        : IsUnderMinIsr(partition) ? 1
        : IsUnderReplicated(partition) ? 2
        : 3;
}
