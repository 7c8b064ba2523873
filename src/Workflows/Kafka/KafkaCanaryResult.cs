namespace Orchestrator.Workflows.Kafka;

/// <summary>What the canary saw: every record was acknowledged and read.</summary>
/// <param name="Topic">The canary's topic.</param>
/// <param name="Records">One for each partition, by partition.</param>
/// <param name="NotTidied">Why the records could not be removed again, in one sentence; null where they are gone. They expire within an
/// hour.</param>
public sealed record KafkaCanaryResult(string Topic, IReadOnlyList<CanaryRecord> Records, string? NotTidied = null);
