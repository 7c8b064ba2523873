using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Confluent;

/// <summary>Reads what Confluent for Kubernetes shows of a Kafka cluster.</summary>
public interface IConfluentActivities
{
    /// <summary>The operator, the resources, their StatefulSets, pods and nodes. An absent resource is an answer, not an error.</summary>
    [Activity("ReadConfluentCluster")]
    [Reads]
    Task<ConfluentClusterSnapshot> ReadClusterAsync(ReadConfluentClusterInput input);
}
