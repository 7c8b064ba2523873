using k8s;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka;

/// <summary>Gives partitions back to the leaders that they should have.</summary>
internal sealed class LeaderActivities(FencedWrite fenced, AuditJournal journal, IKafkaCluster kafka) : IKafkaLeaderActivities
{
    /// <inheritdoc/>
    [Activity("ElectPreferredLeaders")]
    public Task<ElectPreferredLeadersResult> ElectAsync(ElectPreferredLeadersInput input) => Failures.TranslateAsync(async () =>
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        await journal.AppendAsync(input.Audit, cancellationToken);
        (Cluster cluster, IKubernetes client) = await fenced.OpenAsync(input, cancellationToken);
        KafkaAddress address = await KafkaConnections.ResolveAsync(
            cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, cancellationToken);
        await ClusterIdentity.RequireAsync(kafka, address, input.Warrant!.Item.Object.Uid, cancellationToken);
        return new ElectPreferredLeadersResult(await kafka.ElectPreferredLeadersAsync(address, cancellationToken));
    });
}
