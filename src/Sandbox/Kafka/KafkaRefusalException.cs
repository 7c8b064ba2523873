namespace Orchestrator.Sandbox.Kafka;

/// <summary>A cluster in the box refuses a request.</summary>
/// <param name="code">Kafka's name of the error, as the clients' libraries spell it, such as <c>UnknownTopicOrPart</c>.</param>
/// <param name="reason">Why, in one sentence.</param>
public sealed class KafkaRefusalException(string code, string reason) : Exception(reason)
{
    /// <summary>Kafka's name of the error.</summary>
    public string Code { get; } = code;
}
