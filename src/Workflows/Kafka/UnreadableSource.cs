namespace Orchestrator.Workflows.Kafka;

/// <summary>Something that could not be read.</summary>
/// <param name="Source">What, such as <c>topics through 127.0.0.1:9092</c>.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record UnreadableSource(string Source, string Reason);
