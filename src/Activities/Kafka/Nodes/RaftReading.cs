namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>A process's place in the KRaft quorum: the bean <c>kafka.server:type=raft-metrics</c>.</summary>
/// <param name="State"><c>leader</c>, <c>follower</c>, <c>observer</c>, <c>prospective</c>, <c>candidate</c>, <c>unattached</c> …</param>
/// <param name="Leader">The leader that it names; null where it names none.</param>
/// <param name="Epoch">The epoch that it is in.</param>
/// <param name="LogEndOffset">The end of its metadata log.</param>
/// <param name="Voters">How many voters it counts; null in versions that do not say.</param>
/// <param name="Observers">As the leader: how many follow without a vote, brokers included; null elsewhere.</param>
public sealed record RaftReading(string State, int? Leader, int Epoch, long LogEndOffset, int? Voters, int? Observers = null)
{
    /// <summary>Whether it is the leader.</summary>
    public bool IsLeader => State == "leader";

    /// <summary>
    /// The leader that it has; null where it looks for one. A voter that lost its leader continues to name it while it asks for votes.
    /// </summary>
    public int? Follows => State is "leader" or "follower" or "observer" ? Leader : null;

    /// <summary>Whether it follows the quorum without a vote.</summary>
    public bool IsObserver => State == "observer";
}
