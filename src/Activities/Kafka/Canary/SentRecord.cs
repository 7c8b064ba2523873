namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>A record that all in-sync replicas have acknowledged.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Begun">The time stamp of when it was sent.</param>
/// <param name="AcknowledgedAfter">How long the acknowledgement took.</param>
internal sealed record SentRecord(int Partition, long Offset, long Begun, TimeSpan AcknowledgedAfter);
