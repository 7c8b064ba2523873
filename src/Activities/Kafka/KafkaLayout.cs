using k8s;

namespace Orchestrator.Activities.Kafka;

/// <summary>A live Kafka cluster, to be copied: the API of its Kubernetes cluster, and what its brokers say of their topics.</summary>
/// <param name="Client">The API; whoever made the reader disposes of it.</param>
/// <param name="Namespace">The namespace of its resources.</param>
/// <param name="Reading">What the brokers say.</param>
public sealed record KafkaLayout(IKubernetes Client, string Namespace, KafkaReading Reading);
