namespace Orchestrator.Activities.Kafka;

/// <summary>A consumer group.</summary>
/// <param name="Group">Its id.</param>
/// <param name="State">Its state, such as <c>Stable</c>, <c>Empty</c> or <c>PreparingRebalance</c>.</param>
/// <param name="Members">How many members it has.</param>
/// <param name="Partitions">What it has committed, by topic and partition; empty where it never committed.</param>
public sealed record ConsumerGroupReading(string Group, string State, int Members, IReadOnlyList<GroupPartitionReading> Partitions)
{
    /// <summary>How many records it has yet to read, of all partitions that it has committed for.</summary>
    public long Lag => Partitions.Sum(partition => partition.Lag);
}
