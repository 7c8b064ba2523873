using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Which Kafka cluster to try.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource.</param>
public sealed record RunKafkaCanaryInput(ChangeTarget Target, string Name);
