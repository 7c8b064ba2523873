using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>The Kafka cluster whose leaders are elected.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource.</param>
public sealed record ElectPreferredLeadersInput(ChangeTarget Target, string Name);
