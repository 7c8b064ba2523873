using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Kafka;

/// <summary>How a Kafka cluster's clients reach it.</summary>
/// <param name="BootstrapServers">Brokers to begin with: <c>host:port</c>, with commas between.</param>
/// <param name="Credentials">Who the clients are, and whom they trust; null: plain text, and nobody.</param>
public sealed record KafkaAddress(string BootstrapServers, KafkaCredentials? Credentials = null);
