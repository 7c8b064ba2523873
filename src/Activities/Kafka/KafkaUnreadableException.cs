using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>A Kafka cluster could not be read.</summary>
/// <param name="source">What was to be read, such as <c>topics through 127.0.0.1:9092</c>.</param>
/// <param name="reason">Why it could not, in one sentence, without any credential.</param>
/// <param name="inner">The client's error.</param>
public sealed class KafkaUnreadableException(string source, string reason, Exception? inner = null)
    : Exception($"Could not read {source}: {reason}", inner)
{
    /// <summary>What was to be read.</summary>
    public string Unread { get; } = source;

    /// <summary>Why it could not, in one sentence.</summary>
    public string Reason { get; } = reason;

    /// <summary>
    /// What the client's error was, where it was one: a right that is missing needs a person, a broker that is away needs time.
    /// </summary>
    public ErrorCode? Code { get; init; }

    /// <summary>
    /// The right that is missing, such as <c>Describe on the cluster</c>; null where no right is, or it is not known which.
    /// </summary>
    public string? Needs { get; init; }

    /// <summary>A call that Kafka answered with an error.</summary>
    /// <param name="source">What was to be read.</param>
    /// <param name="reason">What Kafka or the client said.</param>
    /// <param name="code">Its code.</param>
    /// <param name="needs">The right that the call needs.</param>
    /// <param name="inner">The client's error.</param>
    internal static KafkaUnreadableException Of(string source, string reason, ErrorCode code, string needs, Exception? inner = null) =>
        KafkaDenials.IsMissingRight(code)
            ? new(source, $"{reason.TrimEnd('.')}. The worker's Kafka user needs {needs}.", inner) { Code = code, Needs = needs }
            : new(source, reason, inner) { Code = code };
}
