namespace Orchestrator.Workflows.Kafka;

/// <summary>Something that could not be read.</summary>
/// <param name="Source">What, such as <c>topics through 127.0.0.1:9092</c>.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Denied">
/// The right that the worker's Kafka user lacks, such as <c>Describe on the cluster</c>; null where that is not why.
/// </param>
public sealed record UnreadableSource(string Source, string Reason, string? Denied = null);
