namespace Orchestrator.Workflows.Kafka;

/// <summary>The KRaft quorum.</summary>
/// <param name="Leader">The leader's node id; null where the voters that answer know none, or not the same.</param>
/// <param name="Epoch">The leader's epoch.</param>
/// <param name="Voters">The voters, by id.</param>
public sealed record QuorumSnapshot(int? Leader, int Epoch, IReadOnlyList<VoterSnapshot> Voters)
{
    /// <summary>The voters that say that they are the active controller; null where one that answers does not say.</summary>
    public IReadOnlyList<int>? ActiveControllers { get; init; }
}
