using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes.Quotas;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Whether a cluster is whole and has room, as whatever restarts its pods must know before it does. Pure.</summary>
public static class RollReadiness
{
    /// <summary>Whether Kafka itself is whole, with the brokers and voters that the resources ask for.</summary>
    public static IReadOnlyList<Refusal> CheckKafka(ConfluentClusterSnapshot cluster, KafkaSnapshot kafka) => KafkaHealth.Check(
        kafka, cluster.Kafka?.NodeIds ?? [], cluster.Controllers?.NodeIds ?? [], cluster.Controllers?.Replicas);

    /// <summary>
    /// Whether quotas leave room for a pod of each part to come back: asked before a pod goes, and not of a roll that is under way.
    /// </summary>
    public static IReadOnlyList<Refusal> CheckRoom(
        IEnumerable<RollComponent> parts, ChangeTarget target, ConfluentClusterSnapshot cluster) =>
        [.. parts.Select(part => Of(cluster, part)?.Quotas).SelectMany(quotas => QuotaRules.Check(target.Namespace!, quotas)).Distinct()];

    /// <summary>The resource of a part; null where there is none.</summary>
    public static ComponentSnapshot? Of(ConfluentClusterSnapshot cluster, RollComponent part) =>
        part == RollComponent.Brokers ? cluster.Kafka : cluster.Controllers;
}
