using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>The canary's records did not get through.</summary>
/// <param name="message">What did not happen to which record, in one sentence.</param>
/// <param name="error">The client's error.</param>
public sealed class KafkaCanaryException(string message, Error error) : Exception(message)
{
    /// <summary>The client's error.</summary>
    public Error Error { get; } = error;
}
