using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;

namespace Orchestrator.Workflows.Confluent;

/// <summary>A component's resource (<c>Kafka</c>, <c>KRaftController</c>) with its StatefulSet and pods.</summary>
/// <param name="Reference">The resource, with its UID.</param>
/// <param name="Generation">The generation of its specification.</param>
/// <param name="ObservedGeneration">The generation that the operator has seen; null before the first.</param>
/// <param name="Phase"><c>RUNNING</c>, <c>PROVISIONING</c>; null before the operator has written one.</param>
/// <param name="ClusterReady">Status of the condition <c>platform.confluent.io/cluster-ready</c>; null where there is none.</param>
/// <param name="Replicas">How many pods it asks for.</param>
/// <param name="ReadyReplicas">How many pods the StatefulSet counts as Ready.</param>
/// <param name="ManualRoll">Value of <c>spec.podTemplate.annotations.kafkacluster-manual-roll</c>; null where it is absent.</param>
/// <param name="Holds">Annotations and labels on it that switch the operator off, or its checks.</param>
/// <param name="NodeIds">The Kafka node ids that its pods should have, in ascending order; empty where the resource does not say.</param>
/// <param name="StatefulSet">Its StatefulSet; null where there is none.</param>
/// <param name="Pods">Its pods, by ordinal.</param>
public sealed record ComponentSnapshot(
    ObjectReference Reference,
    long Generation,
    long? ObservedGeneration,
    string? Phase,
    string? ClusterReady,
    int Replicas,
    int ReadyReplicas,
    string? ManualRoll,
    IReadOnlyList<OperatorHold> Holds,
    IReadOnlyList<int> NodeIds,
    StatefulSetSnapshot? StatefulSet,
    IReadOnlyList<PodSnapshot> Pods)
{
    /// <summary>The GitOps controller that applies it; null where there is none.</summary>
    public GitOwner? GitOwner { get; init; }

    /// <summary>What ResourceQuotas leave for one more of its pods; null where nobody asked.</summary>
    public QuotaReading? Quotas { get; init; }

    /// <summary>
    /// What Kubernetes says of its pods that do not come back, such as <c>FailedCreate: … exceeded quota: …</c>; the newest first, three at
    /// most.
    /// </summary>
    public IReadOnlyList<string> Troubles { get; init; } = [];
}
