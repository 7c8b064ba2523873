namespace Orchestrator.Workflows.Kafka;

/// <summary>A broker.</summary>
/// <param name="Id">Its node id.</param>
/// <param name="LeaderOf">How many partitions it leads.</param>
/// <param name="ReplicaOf">How many partitions it has a replica of.</param>
/// <param name="State">Its <c>BrokerState</c> (2 recovers its log, 3 runs); null where it could not be read.</param>
/// <param name="RemainingSegments">In state 2: how many log segments it still has to recover.</param>
/// <param name="Registered">Whether it is registered and not fenced; false where only its process answers, as while it recovers its
/// log.</param>
/// <param name="RemainingLogs">In state 2: how many logs it still has to recover.</param>
/// <param name="OfflineLogDirs">How many of its log folders have failed; null where it could not be read.</param>
public sealed record BrokerSnapshot(
    int Id, int LeaderOf, int ReplicaOf, int? State, int? RemainingSegments, bool Registered = true, int? RemainingLogs = null,
    int? OfflineLogDirs = null)
{
    /// <summary>The <see cref="State"/> of a broker that recovers its log after an unclean stop, and is not to be touched.</summary>
    public const int Recovering = 2;
}
