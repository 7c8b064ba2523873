using Temporalio.Activities;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Proves that a Kafka cluster accepts and returns records.</summary>
public interface IKafkaCanaryActivities
{
    /// <summary>
    /// Writes a record to each partition of the canary's own topic, acknowledged by all in-sync replicas, and reads it back. The topic has
    /// a partition for each broker; it is created if it is missing, and left empty.
    /// </summary>
    [Activity("RunKafkaCanary")]
    Task<KafkaCanaryResult> RunCanaryAsync(RunKafkaCanaryInput input);
}
