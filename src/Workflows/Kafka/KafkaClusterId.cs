namespace Orchestrator.Workflows.Kafka;

/// <summary>What one source says which Kafka cluster it is.</summary>
/// <param name="Source">The source, such as <c>the inventory</c>.</param>
/// <param name="Id">The id.</param>
public sealed record KafkaClusterId(string Source, string Id);
