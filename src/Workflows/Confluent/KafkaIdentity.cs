using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.Confluent;

/// <summary>
/// Which Kafka cluster a resource stands for. Pure. Kafka may be down, which is when a restart is needed: so the inventory says it, else
/// the controllers' resource, and Kafka's own answer only confirms it.
/// </summary>
public static class KafkaIdentity
{
    /// <summary>The id; null where neither the inventory nor the controllers' resource has one.</summary>
    public static string? Of(ConfluentClusterSnapshot cluster) => cluster.KafkaClusterIds is [{ } first, ..] ? first.Id : null;

    /// <summary>Why it is not certain which Kafka cluster that is.</summary>
    /// <param name="cluster">What the inventory and the operator show.</param>
    /// <param name="kafka">What Kafka says; null where it was not read.</param>
    /// <param name="name">Name of the <c>Kafka</c> resource.</param>
    public static IEnumerable<Refusal> Check(ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka, string name)
    {
        if (cluster.KafkaClusterIds.Count == 0)
        {
            yield return Refusal.Unknown(
                KafkaCodes.KafkaUnidentified,
                $"Neither the inventory nor a KRaftController gives the Kafka cluster id of {name}, so it cannot be locked.",
                $"kafka {name}",
                $"Set KafkaClusterIds:{name} of the cluster in the worker's inventory.");
            yield break;
        }

        KafkaClusterId known = cluster.KafkaClusterIds[0];
        IEnumerable<KafkaClusterId> others =
        [
            .. cluster.KafkaClusterIds.Skip(1),
            .. kafka?.ClusterId is { } own ? (KafkaClusterId[])[new KafkaClusterId("Kafka itself", own)] : [],
        ];
        foreach (KafkaClusterId other in others.Where(other => other.Id != known.Id))
        {
            yield return Refusal.Block(
                ReasonCodes.TargetMismatch,
                $"Kafka {name} is not one cluster: {known.Source} says {known.Id}, {other.Source} says {other.Id}.",
                $"kafka {name}",
                other.Id,
                known.Id,
                "Correct the bootstrap servers or the cluster id in the inventory.");
        }
    }
}
