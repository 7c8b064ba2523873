using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka;

/// <summary>Gives partitions back to the leaders that they should have.</summary>
internal sealed class LeaderActivities(KubernetesClients clients, IKafkaCluster kafka, AuditJournal journal) : IKafkaLeaderActivities
{
    /// <inheritdoc/>
    [Activity("ElectPreferredLeaders")]
    public Task<ElectPreferredLeadersResult> ElectAsync(ElectPreferredLeadersInput input) => Failures.TranslateAsync(async () =>
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        await journal.AppendAsync(input.Audit, cancellationToken);
        (Cluster cluster, KubernetesClient client) = clients.Of(input.Target);
        await FenceLeases.RequireAsync(client, input.Fences, cancellationToken);
        KafkaAddress address = await KafkaConnections.ResolveAsync(
            cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, cancellationToken);
        return new ElectPreferredLeadersResult(await kafka.ElectPreferredLeadersAsync(address, cancellationToken));
    });
}
