using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;
using Temporalio.Activities;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads what Confluent for Kubernetes shows of a Kafka cluster.</summary>
internal sealed class ConfluentActivities(KubernetesClients clients, ConfluentClusterReader reader) : IConfluentActivities
{
    /// <inheritdoc/>
    [Activity("ReadConfluentCluster")]
    public Task<ConfluentClusterSnapshot> ReadClusterAsync(ReadConfluentClusterInput input) => Failures.TranslateAsync(() =>
    {
        (Cluster cluster, KubernetesClient client) = clients.Of(input.Target);
        return reader.ReadAsync(client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, ActivityCall.Token);
    });
}
