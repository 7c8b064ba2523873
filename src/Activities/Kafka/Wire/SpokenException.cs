namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>A server answered in a protocol that is not Kafka's.</summary>
/// <param name="message">Which, as the rest of a sentence that begins with its address.</param>
public sealed class SpokenException(string message) : FormatException(message);
