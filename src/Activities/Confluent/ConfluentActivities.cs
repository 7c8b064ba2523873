using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
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
        return ActivityCall.BeatingAsync(async () =>
        {
            ConfluentClusterSnapshot read = input.WithKafka
                ? await steady.ReadAsync(cluster, client, @namespace, input, ActivityCall.Token)
                : await reader.ReadAsync(client, @namespace, input.Name, ActivityCall.Token);
            return read with { KafkaClusterIds = [.. InInventory(cluster, @namespace, input.Name), .. read.KafkaClusterIds] };
        });
    });

    private static IEnumerable<KafkaClusterId> InInventory(Cluster cluster, string @namespace, string name)
    {
        Dictionary<string, string> ids = cluster.Options.KafkaClusterIds;
        if ((ids.GetValueOrDefault($"{@namespace}/{name}") ?? ids.GetValueOrDefault(name)) is { } id)
        {
            yield return new("the inventory", id);
        }
    }
}
