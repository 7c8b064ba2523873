using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Which Kafka cluster to read.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource.</param>
public sealed record TakeKafkaSnapshotInput(ChangeTarget Target, string Name);
