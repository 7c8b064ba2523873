using k8s;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Tries a Kafka cluster.</summary>
internal sealed class CanaryActivities(KubernetesClients clients, KafkaCanary canary) : IKafkaCanaryActivities
{
    /// <inheritdoc/>
    [Activity("RunKafkaCanary")]
    public Task<KafkaCanaryResult> RunCanaryAsync(RunKafkaCanaryInput input) =>
        Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
        KafkaAddress address = await KafkaConnections.ResolveAsync(
            cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, cancellationToken);
        return await canary.RunAsync(address, cancellationToken);
    }));
}
