using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.Confluent;

/// <summary>What Confluent for Kubernetes shows of a Kafka cluster.</summary>
/// <param name="TakenAt">When it was read.</param>
/// <param name="NamespaceFound">Whether the namespace exists.</param>
/// <param name="NamespaceTerminating">Whether the namespace is being deleted.</param>
/// <param name="Operator">The operator that covers the namespace; null where none is available.</param>
/// <param name="Kafka">The brokers' resource; null where it does not exist.</param>
/// <param name="Controllers">The controllers' resource; null where it does not exist or the brokers' resource names none.</param>
/// <param name="NearNames">Where the brokers' resource does not exist: up to five that do, nearest first.</param>
/// <param name="Nodes">The nodes that the pods run on, by name.</param>
public sealed record ConfluentClusterSnapshot(
    DateTimeOffset TakenAt,
    bool NamespaceFound,
    bool NamespaceTerminating,
    OperatorSnapshot? Operator,
    ComponentSnapshot? Kafka,
    ComponentSnapshot? Controllers,
    IReadOnlyList<string> NearNames,
    IReadOnlyList<NodeSnapshot> Nodes)
{
    /// <summary>
    /// Which Kafka cluster it is, as far as that is known without Kafka: from the inventory, then from the controllers' resource.
    /// </summary>
    public IReadOnlyList<KafkaClusterId> KafkaClusterIds { get; init; } = [];

    /// <summary>What Kafka said of itself at the same moment; null where it was not asked, or there is no such cluster.</summary>
    public KafkaSnapshot? KafkaState { get; init; }
}
