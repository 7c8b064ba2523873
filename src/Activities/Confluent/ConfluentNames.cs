namespace Orchestrator.Activities.Confluent;

/// <summary>Names that Confluent for Kubernetes gives to labels, annotations and conditions.</summary>
internal static class ConfluentNames
{
    public const string OperatorSelector = "app=confluent-operator";

    public const string PodTypeLabel = "platform.confluent.io/type";

    public const string RevisionLabel = "controller-revision-hash";

    public const string ClusterReady = "platform.confluent.io/cluster-ready";

    public const string ManualRoll = "kafkacluster-manual-roll";

    public const string NodeIdOffset = "platform.confluent.io/broker-id-offset";

    /// <summary>On a pod, <c>host:port</c>, also with a path: where its Jolokia agent can be reached, if not at the pod's own IP.</summary>
    public const string JolokiaAddress = "platform.confluent.io/jolokia-address";
}
