using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Counts of a cluster's partitions, and the ones that are not whole or have no replica to spare.</summary>
internal sealed record PartitionTally(
    int Partitions,
    int Offline,
    int UnderMinIsr,
    int UnderReplicated,
    IReadOnlyList<PartitionSnapshot> Exposed,
    IReadOnlyList<TopicWithoutSpare> TopicsWithoutSpare,
    int TopicsWithoutSpareTotal)
{
    public static PartitionTally Of(IReadOnlyList<TopicReading> topics)
    {
        List<PartitionSnapshot> all = [.. topics.SelectMany(topic => topic.Partitions)];
        List<TopicWithoutSpare> withoutSpare =
        [
            .. topics.Where(topic => topic.Partitions.Count > 0)
                .Select(topic => new TopicWithoutSpare(
                    topic.Name, topic.Partitions.Min(partition => partition.Replicas.Count), topic.MinInSync))
                .Where(topic => topic.ReplicationFactor <= topic.MinInSync)
                .OrderBy(topic => topic.Topic, StringComparer.Ordinal),
        ];
        return new(
            all.Count,
            all.Count(partition => partition.IsOffline),
            all.Count(partition => partition.IsUnderMinIsr),
            all.Count(partition => partition.IsUnderReplicated),
            [
                .. all.Where(IsExposed)
                    .OrderBy(Rank)
                    .ThenBy(partition => partition.Topic, StringComparer.Ordinal)
                    .ThenBy(partition => partition.Partition)
                    .Take(KafkaSnapshot.MaximumExposed),
            ],
            [.. withoutSpare.Take(KafkaSnapshot.MaximumWithoutSpare)],
            withoutSpare.Count);
    }

    private static bool IsExposed(PartitionSnapshot partition) =>
        partition.IsOffline || partition.IsUnderReplicated || partition.InSync.Count <= partition.MinInSync;

    private static int Rank(PartitionSnapshot partition) =>
        partition.IsOffline ? 0
        : partition.IsUnderMinIsr ? 1
        : partition.IsUnderReplicated ? 2
        : 3;
}
