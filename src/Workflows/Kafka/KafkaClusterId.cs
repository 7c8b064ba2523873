namespace Orchestrator.Workflows.Kafka;

/// <summary>The Kafka cluster id according to one source.</summary>
/// <param name="Source">The source, such as <c>the inventory</c>.</param>
/// <param name="Id">The id.</param>
public sealed record KafkaClusterId(string Source, string Id);
