namespace Orchestrator.Workflows.Kafka;

/// <summary>A record that the canary wrote and read.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="AcknowledgedAfter">How long after it was sent all in-sync replicas had it.</param>
/// <param name="ReadAfter">How long after it was sent a consumer had it.</param>
public sealed record CanaryRecord(int Partition, long Offset, TimeSpan AcknowledgedAfter, TimeSpan ReadAfter);
