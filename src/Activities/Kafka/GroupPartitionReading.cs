namespace Orchestrator.Activities.Kafka;

/// <summary>How far a consumer group has read a partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition's number.</param>
/// <param name="Committed">The offset that it goes on at.</param>
/// <param name="End">The offset of the next record that will be written.</param>
public sealed record GroupPartitionReading(string Topic, int Partition, long Committed, long End)
{
    /// <summary>How many records it has yet to read. The two offsets are not read in the same instant: never below 0.</summary>
    public long Lag => Math.Max(0, End - Committed);
}
