namespace Orchestrator.Activities.Kafka;

/// <summary>The KRaft quorum, as its leader sees it.</summary>
/// <param name="Leader">The leader's node id; null where there is none.</param>
/// <param name="Epoch">The leader's epoch.</param>
/// <param name="HighWatermark">Up to where a majority has the metadata log.</param>
/// <param name="Voters">The voters, the leader among them, by id.</param>
/// <param name="Observers">The nodes that follow without a vote: brokers, and controllers that do not vote; by id.</param>
public sealed record QuorumReading(
    int? Leader, int Epoch, long HighWatermark, IReadOnlyList<ReplicaReading> Voters, IReadOnlyList<ReplicaReading> Observers);
