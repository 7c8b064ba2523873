using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>A topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MinInSync">Its effective min.insync.replicas: what the cluster answers, not what a broker's file says.</param>
/// <param name="Partitions">Its partitions, by number.</param>
public sealed record TopicReading(string Name, int MinInSync, IReadOnlyList<PartitionSnapshot> Partitions)
{
    /// <summary>Whether replicas of it are throttled, as a tool does that moves them.</summary>
    public bool Throttled { get; init; }
}
