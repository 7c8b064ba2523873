using System.Text.Json.Nodes;
using Orchestrator.Activities.Confluent;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Kafka;

/// <summary>The processes of a Kafka cluster.</summary>
/// <param name="Brokers">The brokers, by ordinal.</param>
/// <param name="Controllers">The controllers, by ordinal; one that has no pod is in it without an address.</param>
internal sealed record KafkaNodes(IReadOnlyList<NodeAddress> Brokers, IReadOnlyList<NodeAddress> Controllers)
{
    /// <summary>Finds them by the pods of a <c>Kafka</c> resource and of the controllers that it names; null where there is no such resource.</summary>
    /// <exception cref="KubernetesException">A call failed.</exception>
    public static async Task<KafkaNodes?> FindAsync(
        KubernetesClient client, string @namespace, string name, int jolokiaPort, CancellationToken cancellationToken)
    {
        if (await ComponentReader.FindAsync(client, ConfluentResource.Kafka, @namespace, name, cancellationToken) is not { } kafka)
        {
            return null;
        }

        JsonObject? controllers = await ComponentReader.FindControllersAsync(client, kafka, cancellationToken);
        return new(
            await AddressesAsync(client, ConfluentResource.Kafka, kafka, jolokiaPort, cancellationToken),
            controllers is null ? [] : await AddressesAsync(client, ConfluentResource.KRaftController, controllers, jolokiaPort, cancellationToken));
    }

    private static async Task<IReadOnlyList<NodeAddress>> AddressesAsync(
        KubernetesClient client, ConfluentResource kind, JsonObject resource, int jolokiaPort, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> pods = await ComponentReader.PodsAsync(client, kind, resource, cancellationToken);
        IReadOnlyList<int> ids = NodeIds.Of(kind, resource, ComponentReader.Replicas(resource));
        Dictionary<int, JsonObject> byOrdinal = pods.ToDictionary(PodReading.Ordinal);
        return
        [
            .. byOrdinal.Keys.Union(Enumerable.Range(0, ComponentReader.Replicas(resource))).Order().Select(ordinal => new NodeAddress(
                $"{resource.Name()}-{ordinal}",
                ordinal < ids.Count ? ids[ordinal] : null,
                byOrdinal.TryGetValue(ordinal, out JsonObject? pod) ? Jolokia(pod, jolokiaPort) : null)),
        ];
    }

    private static Uri? Jolokia(JsonObject pod, int port)
    {
        string? ip = pod["status"]?["podIP"]?.GetValue<string>();
        string? address = pod.Annotation(ConfluentNames.JolokiaAddress)
            ?? (string.IsNullOrEmpty(ip) ? null : ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{port}" : $"{ip}:{port}");
        return address is null ? null : new Uri($"http://{address}/jolokia/");
    }
}
