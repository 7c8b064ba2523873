using k8s;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Tries a Kafka cluster.</summary>
internal sealed class CanaryActivities(FencedWrite fenced, AuditJournal journal, IKafkaCluster kafka) : IKafkaCanaryActivities
{
    /// <inheritdoc/>
    [Activity("RunKafkaCanary")]
    public Task<KafkaCanaryResult> RunCanaryAsync(RunKafkaCanaryInput input) =>
        Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        CancellationToken cancellationToken = ActivityCall.Token;
        await journal.AppendAsync(input.Audit, cancellationToken);
        (Cluster cluster, IKubernetes client) = await fenced.OpenAsync(input, cancellationToken);
        KafkaAddress address = await KafkaConnections.ResolveAsync(
            cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, cancellationToken);
        await ClusterIdentity.RequireAsync(kafka, address, input.Warrant!.Item.Object.Uid, cancellationToken);
        return await kafka.RunCanaryAsync(address, cancellationToken);
    }));
}
