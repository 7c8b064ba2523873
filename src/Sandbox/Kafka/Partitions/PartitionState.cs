namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>A partition at one moment.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Number">Its number.</param>
/// <param name="Leader">Its leader; null where it has none.</param>
/// <param name="Replicas">The nodes of its replicas, the preferred leader first.</param>
/// <param name="InSync">Those that are in sync.</param>
/// <param name="Eligible">Those that are not, and have every acknowledged record all the same.</param>
/// <param name="IsMoving">Whether it is being moved.</param>
/// <param name="BytesBehind">What the replicas lack that are not in sync, together.</param>
/// <param name="Acknowledged">How many records were acknowledged.</param>
/// <param name="Lost">How many of the acknowledged ones no replica has any more.</param>
public sealed record PartitionState(
    string Topic,
    int Number,
    int? Leader,
    IReadOnlyList<int> Replicas,
    IReadOnlyList<int> InSync,
    IReadOnlyList<int> Eligible,
    bool IsMoving,
    long BytesBehind,
    long Acknowledged,
    long Lost);
