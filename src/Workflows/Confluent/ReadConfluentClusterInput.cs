using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Confluent;

/// <summary>Which Kafka cluster to read.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource; its controllers are those that the resource names.</param>
public sealed record ReadConfluentClusterInput(ChangeTarget Target, string Name);
