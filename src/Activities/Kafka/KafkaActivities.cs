using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Kafka;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka;

/// <summary>Reads a Kafka cluster.</summary>
internal sealed class KafkaActivities(KubernetesClients clients, KafkaSnapshotReader reader) : IKafkaActivities
{
    /// <inheritdoc/>
    [Activity("TakeKafkaSnapshot")]
    public Task<KafkaSnapshot> TakeSnapshotAsync(TakeKafkaSnapshotInput input) => Failures.TranslateAsync(() =>
    {
        (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
        return ActivityCall.BeatingAsync(
            () => reader.ReadAsync(cluster, client, input.Target.Namespace ?? cluster.DefaultNamespace, input.Name, ActivityCall.Token));
    });
}
