namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>The numbers of one reading of a cluster that rolls, for people who watch it.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Partitions">How many partitions there are.</param>
/// <param name="UnderReplicated">How many of them have fewer in-sync replicas than replicas.</param>
/// <param name="UnderMinIsr">How many accept no writes with acks=all.</param>
/// <param name="Offline">How many have no leader.</param>
/// <param name="QuorumLeader">The node id of the quorum's leader; null where there is none, or where it could not be read.</param>
/// <param name="Voters">How many voters the quorum has; 0 where it could not be read.</param>
/// <param name="VotersCaughtUp">How many of them follow the leader closely.</param>
/// <param name="Unread">How many sources could not be read; then the other numbers may be too low.</param>
public sealed record RollFacts(
    DateTimeOffset At, int Partitions, int UnderReplicated, int UnderMinIsr, int Offline, int? QuorumLeader, int Voters, int VotersCaughtUp,
    int Unread)
{
    /// <summary>The numbers of a reading.</summary>
    public static RollFacts Of(RollObservation seen)
    {
        KafkaSnapshot kafka = seen.Kafka;
        IReadOnlyList<VoterSnapshot> voters = kafka.Quorum?.Voters ?? [];
        return new(
            seen.At,
            kafka.Partitions,
            kafka.UnderReplicated,
            kafka.UnderMinIsr,
            kafka.Offline,
            kafka.Quorum?.Leader,
            voters.Count,
            voters.Count(voter => voter.CaughtUp),
            kafka.Unreadable.Count);
    }
}
