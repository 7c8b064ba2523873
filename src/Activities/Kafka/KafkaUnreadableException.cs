using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>A Kafka cluster could not be read.</summary>
/// <param name="source">What was to be read, such as <c>topics through 127.0.0.1:9092</c>.</param>
/// <param name="reason">Why it could not, in one sentence.</param>
/// <param name="inner">The client's error.</param>
public sealed class KafkaUnreadableException(string source, string reason, Exception? inner = null)
    : Exception($"Could not read {source}: {reason}", inner)
{
    /// <summary>What was to be read.</summary>
    public string Unread { get; } = source;

    /// <summary>Why it could not, in one sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>What the client's error was, where it was one: a right that is missing needs a person, a broker that is away needs time.</summary>
    public ErrorCode? Code { get; init; }
}
