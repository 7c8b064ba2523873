using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>Whether the cluster can lose one broker or controller now. Pure, over a snapshot that was read right before.</summary>
internal static class RestartGate
{
    /// <summary>Every reason why not; empty where it can.</summary>
    /// <param name="pod">What would be lost.</param>
    /// <param name="kafka">The cluster.</param>
    /// <param name="accepted">Topics whose unavailability is accepted.</param>
    public static IReadOnlyList<Refusal> Check(RestartPod pod, KafkaSnapshot kafka, IReadOnlyList<string> accepted) =>
        [.. pod.IsDown ? [] : pod.Part == RollComponent.Brokers ? Partitions(pod, kafka, accepted) : Quorum(pod, kafka)];

    private static IEnumerable<Refusal> Partitions(RestartPod pod, KafkaSnapshot kafka, IReadOnlyList<string> accepted)
    {
        if (kafka.Exposed.Count >= KafkaSnapshot.MaximumExposed)
        {
            yield return Refusal.Unknown(
                KafkaCodes.PartitionsUnderReplicated,
                $"More than {KafkaSnapshot.MaximumExposed} partitions are degraded or have no replica to spare; "
                    + $"those of {pod} cannot all be listed.",
                "partitions");
        }

        foreach (PartitionSnapshot partition in kafka.Exposed.Where(partition => partition.Replicas.Contains(pod.NodeId)))
        {
            string name = $"partition {partition.Topic}-{partition.Partition}";
            bool isAccepted = accepted.Contains(partition.Topic);
            if (partition.IsOffline)
            {
                yield return Refusal.Block(KafkaCodes.PartitionLeaderless, $"{partition} of {pod} has no leader.", name);
            }
            else if (partition.Replicas.Count <= partition.MinInSync)
            {
                string sentence = partition.Replicas.Count == 1
                    ? $"{partition} is offline for reads and writes while {pod} restarts, as its only replica is there"
                    : $"{partition} accepts no writes while {pod} restarts: it has no replica to spare";
                yield return isAccepted
                    ? Refusal.Warn(KafkaCodes.RfNotAboveMinIsr, $"{sentence}; this is accepted.", name)
                    : Refusal.Block(KafkaCodes.RfNotAboveMinIsr, $"{sentence}.", name,
                        howToResolve: $"Raise its replication factor, or accept it with AcceptUnavailable={partition.Topic}.");
            }
            else if (partition.InSync.Count < partition.MinInSync)
            {
                yield return Refusal.Block(KafkaCodes.PartitionsUnderMinIsr,
                    $"{partition} of {pod} accepts no writes; it may be waiting for this broker.", name);
            }
            else if (partition.InSync.Contains(pod.NodeId) && partition.InSync.Count - 1 < partition.MinInSync)
            {
                yield return Refusal.Block(KafkaCodes.PartitionAtMinIsr, $"{partition} would accept no writes without {pod}.", name,
                    $"{partition.InSync.Count} in sync", $"{partition.MinInSync + 1}");
            }
        }
    }

    private static IEnumerable<Refusal> Quorum(RestartPod pod, KafkaSnapshot kafka)
    {
        if (kafka.Quorum is not { Leader: not null } quorum)
        {
            yield return Refusal.Unknown(KafkaCodes.QuorumNoLeader, "The KRaft quorum has no leader, or could not be read.", "quorum");
            yield break;
        }

        int voters = quorum.Voters.Count;
        int others = quorum.Voters.Count(voter => voter.Id != pod.NodeId && voter.CaughtUp);
        int needed = voters <= 2 ? voters - 1 : (voters + 2) / 2;
        if (voters == 1)
        {
            yield return Refusal.Block(
                KafkaCodes.QuorumSingle, $"{pod} is the only voter of the KRaft quorum: no metadata can change while it restarts.",
                "quorum", "1 voter", "3 voters", "Add controllers; roll-kafka-cluster accepts it with AcceptQuorumLoss.");
        }
        else if (others < needed)
        {
            yield return Refusal.Block(
                KafkaCodes.QuorumWouldBreak, $"Without {pod}, {others} of {voters} voters are caught up; {needed} are needed.", "quorum",
                $"{others}", $"{needed}");
        }
    }
}
