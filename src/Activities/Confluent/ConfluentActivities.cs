using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;
using Temporalio.Activities;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads what Confluent for Kubernetes shows of a Kafka cluster, and what that says of itself.</summary>
internal sealed class ConfluentActivities(
    KubernetesClients clients, ConfluentClusterReader reader, SteadyReader steady) : IConfluentActivities
{
    /// <inheritdoc/>
    [Activity("ReadConfluentCluster")]
    public Task<ConfluentClusterSnapshot> ReadClusterAsync(ReadConfluentClusterInput input) => Failures.TranslateAsync(() =>
    {
        (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
        string @namespace = input.Target.Namespace ?? cluster.DefaultNamespace;
        return ActivityCall.BeatingAsync(() => input.WithKafka
            ? steady.ReadAsync(cluster, client, @namespace, input, ActivityCall.Token)
            : reader.ReadAsync(client, @namespace, input.Name, ActivityCall.Token));
    });
}
