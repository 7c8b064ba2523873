using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Tries a Kafka cluster.</summary>
internal sealed class CanaryActivities(KubernetesClients clients, KafkaCanary canary, AuditJournal journal) : IKafkaCanaryActivities
{
    /// <inheritdoc/>
    [Activity("RunKafkaCanary")]
    public Task<KafkaCanaryResult> RunCanaryAsync(RunKafkaCanaryInput input) => Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        await journal.AppendAsync(input.Audit, cancellationToken);
        (Cluster cluster, KubernetesClient client) = clients.Of(input.Target);
        await FenceLeases.RequireAsync(client, input.Fences, cancellationToken);
        KafkaAddress address = await KafkaConnections.ResolveAsync(
            cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, cancellationToken);
        return await canary.RunAsync(address, cancellationToken);
    }));
}
