using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Kafka;

/// <summary>A partition.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Leader">Its leader's node id; null where it has none.</param>
/// <param name="Replicas">The node ids of its replicas; the first is the preferred leader.</param>
/// <param name="InSync">The node ids of its in-sync replicas.</param>
/// <param name="MinInSync">Its effective min.insync.replicas, as the broker answers for the topic.</param>
/// <param name="Eligible">
/// Where it has no leader: the node ids of the replicas that are out of sync and still have every acknowledged record; null where that was
/// not asked, or the release keeps no account of it.
/// </param>
public sealed record PartitionSnapshot(
    string Topic, int Partition, int? Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSync, int MinInSync,
    IReadOnlyList<int>? Eligible = null)
{
    /// <summary>Whether it has no leader.</summary>
    [JsonIgnore]
    public bool IsOffline => Leader is null;

    /// <summary>Whether it has fewer in-sync replicas than replicas.</summary>
    [JsonIgnore]
    public bool IsUnderReplicated => InSync.Count < Replicas.Count;

    /// <summary>
    /// Whether it has fewer in-sync replicas than min.insync.replicas; a broker asks for no more than there are replicas.
    /// </summary>
    [JsonIgnore]
    public bool IsUnderMinIsr => InSync.Count < MinInSync && IsUnderReplicated;

    /// <summary><c>topic-partition (ISR 1 of 3 [0], min ISR 2)</c>.</summary>
    public override string ToString() =>
        $"{Topic}-{Partition} "
            + $"({(Leader is null ? "no leader, " : "")}{(Eligible is null ? "" : $"eligible [{string.Join(',', Eligible)}], ")}ISR "
            + $"{InSync.Count} of {Replicas.Count} [{string.Join(',', InSync)}], min ISR {MinInSync})";
}
