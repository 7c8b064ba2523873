using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Reads a Kafka cluster.</summary>
public interface IKafkaActivities
{
    /// <summary>
    /// Brokers, partitions with their effective min.insync.replicas, and the KRaft quorum, in one snapshot. What could not be read is named
    /// in it and never looks like an empty list.
    /// </summary>
    [Activity("TakeKafkaSnapshot")]
    [Reads]
    Task<KafkaSnapshot> TakeSnapshotAsync(TakeKafkaSnapshotInput input);
}
