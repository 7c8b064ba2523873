namespace Orchestrator.Activities.Kafka;

/// <summary>How a Kafka cluster's clients reach it.</summary>
/// <param name="BootstrapServers">Brokers to begin with: <c>host:port</c>, with commas between.</param>
public sealed record KafkaAddress(string BootstrapServers);
