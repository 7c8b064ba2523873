using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>One reading of a cluster that rolls.</summary>
/// <param name="Cluster">What the operator shows.</param>
/// <param name="Kafka">What Kafka says of itself.</param>
/// <param name="At">When it was made.</param>
public sealed record RollObservation(ConfluentClusterSnapshot Cluster, KafkaSnapshot Kafka, DateTimeOffset At)
{
    /// <summary>Which critical alerts fired; null where nobody asked.</summary>
    public AlertReading? Alerts { get; init; }
}
