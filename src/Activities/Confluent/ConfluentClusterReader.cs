using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads what Confluent for Kubernetes shows of a Kafka cluster.</summary>
internal sealed class ConfluentClusterReader(TimeProvider timeProvider)
{
    private const int NamesShown = 5;

    /// <summary>Reads it. What does not exist is an answer.</summary>
    /// <exception cref="ApiException">A call failed; there is no partial answer.</exception>
    public async Task<ConfluentClusterSnapshot> ReadAsync(
        IKubernetes client, string @namespace, string name, CancellationToken cancellationToken)
    {
        DateTimeOffset at = timeProvider.GetUtcNow();
        if (await client.FindAsync(ResourceType.Namespaces, null, @namespace, cancellationToken) is not { } space)
        {
            return new(at, NamespaceFound: false, NamespaceTerminating: false, null, null, null, [], []);
        }

        Task<OperatorSnapshot?> finding = OperatorAsync(client, @namespace, cancellationToken);
        JsonObject? resource = await ComponentReader.FindAsync(client, ConfluentResource.Kafka, @namespace, name, cancellationToken);
        ComponentSnapshot? kafka = null;
        ComponentSnapshot? controllers = null;
        IReadOnlyList<KafkaClusterId> ids = [];
        if (resource is not null)
        {
            Task<ComponentSnapshot> brokers = ComponentReader.ReadAsync(client, ConfluentResource.Kafka, resource, cancellationToken);
            if (await ComponentReader.FindControllersAsync(client, resource, cancellationToken) is { } found)
            {
                controllers = await ComponentReader.ReadAsync(client, ConfluentResource.KRaftController, found, cancellationToken);
                ids = [.. IdsOf(found, controllers)];
            }

            kafka = await brokers;
        }

        return new(
            at,
            NamespaceFound: true,
            NamespaceTerminating: space.DeletedAt() is not null,
            await finding,
            kafka,
            controllers,
            kafka is null ? await NamesAsync(client, @namespace, name, cancellationToken) : [],
            await NodesAsync(client, [.. kafka?.Pods ?? [], .. controllers?.Pods ?? []], cancellationToken))
        {
            KafkaClusterIds = ids,
        };
    }

    // What the resource asks for goes before what the operator has seen.
    private static IEnumerable<KafkaClusterId> IdsOf(JsonObject resource, ComponentSnapshot controllers)
    {
        foreach (string part in new[] { "spec", "status" })
        {
            if (resource[part]?["clusterID"] is JsonValue value && value.TryGetValue(out string? id) && id.Length > 0)
            {
                yield return new($"{controllers.Reference} {part}.clusterID", id);
            }
        }
    }

    // The operator of the namespace goes before one that watches the whole cluster.
    private static async Task<OperatorSnapshot?> OperatorAsync(
        IKubernetes client, string @namespace, CancellationToken cancellationToken) =>
        await OperatorInAsync(client, @namespace, cancellationToken) ?? await OperatorInAsync(client, null, cancellationToken);

    private static async Task<OperatorSnapshot?> OperatorInAsync(
        IKubernetes client, string? @namespace, CancellationToken cancellationToken)
    {
        ListOptions options = new() { LabelSelector = ConfluentNames.OperatorSelector };
        ResourceList deployments = await client.ListAsync(ResourceType.Deployments, @namespace, options, cancellationToken);
        return deployments.Items
            .Select(deployment => new OperatorSnapshot(
                deployment.Namespace()!, deployment.Name(), deployment["status"]?["availableReplicas"]?.GetValue<int>() ?? 0))
            .OrderBy(found => found.Namespace, StringComparer.Ordinal)
            .FirstOrDefault(found => found.AvailableReplicas > 0);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        IKubernetes client, string @namespace, string wanted, CancellationToken cancellationToken)
    {
        try
        {
            ResourceList kafkas = await client.ListAsync(ConfluentResource.Kafka.Type, @namespace, null, cancellationToken);
            return [.. NearNames.Of(wanted, kafkas.Items.Select(kafka => kafka.Name())).Take(NamesShown)];
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // The API server does not know such resources.
            return [];
        }
    }

    private static async Task<IReadOnlyList<NodeSnapshot>> NodesAsync(
        IKubernetes client, IReadOnlyList<PodSnapshot> pods, CancellationToken cancellationToken) =>
        await Task.WhenAll(pods.Select(pod => pod.Node).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(async name =>
        {
            JsonObject? node = await client.FindAsync(ResourceType.Nodes, null, name, cancellationToken);
            bool ready = node?["status"]?["conditions"]?.AsArray().Any(condition =>
                condition?["type"]?.GetValue<string>() == "Ready" && condition["status"]?.GetValue<string>() == "True") == true;
            return new NodeSnapshot(name, ready, node?["spec"]?["unschedulable"]?.GetValue<bool>() ?? false);
        }));
}
