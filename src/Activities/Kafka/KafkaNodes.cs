using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Confluent;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Kafka;

/// <summary>The processes of a Kafka cluster.</summary>
/// <param name="Brokers">The brokers, by ordinal.</param>
/// <param name="Controllers">The controllers, by ordinal; one that has no pod is in it without an address.</param>
internal sealed record KafkaNodes(IReadOnlyList<NodeAddress> Brokers, IReadOnlyList<NodeAddress> Controllers)
{
    /// <summary>
    /// Finds them by the pods of a <c>Kafka</c> resource and of the controllers that it names; null where there is no such resource.
    /// </summary>
    /// <exception cref="ApiException">A call failed.</exception>
    /// <exception cref="SecretUnreadableException">A credential of the Jolokia agents cannot be read.</exception>
    public static async Task<KafkaNodes?> FindAsync(
        Cluster cluster, IKubernetes client, string @namespace, string name, CancellationToken cancellationToken)
    {
        if (await ComponentReader.FindAsync(client, ConfluentResource.Kafka, @namespace, name, cancellationToken) is not { } kafka)
        {
            return null;
        }

        HttpAccess access = await HttpAccess.ResolveAsync(cluster.Options.JolokiaSecurity, new(client, @namespace), cancellationToken);
        JsonObject? controllers = await ComponentReader.FindControllersAsync(client, kafka, cancellationToken);
        return new(
            await AddressesAsync(client, ConfluentResource.Kafka, kafka, cluster.Options, access, cancellationToken),
            controllers is null ? [] : await AddressesAsync(
                client, ConfluentResource.KRaftController, controllers, cluster.Options, access, cancellationToken));
    }

    private static async Task<IReadOnlyList<NodeAddress>> AddressesAsync(
        IKubernetes client,
        ConfluentResource kind,
        JsonObject resource,
        ClusterOptions options,
        HttpAccess access,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonObject> pods = await ComponentReader.PodsAsync(client, kind, resource, cancellationToken);
        IReadOnlyList<int> ids = NodeIds.Of(kind, resource, ComponentReader.Replicas(resource));
        Dictionary<int, JsonObject> byOrdinal = pods.ToDictionary(PodReading.Ordinal);
        return
        [
            .. byOrdinal.Keys.Union(Enumerable.Range(0, ComponentReader.Replicas(resource))).Order().Select(ordinal => Address(
                resource, ordinal, ordinal < ids.Count ? ids[ordinal] : null, byOrdinal.GetValueOrDefault(ordinal), options, access)),
        ];
    }

    private static NodeAddress Address(
        JsonObject resource, int ordinal, int? id, JsonObject? pod, ClusterOptions options, HttpAccess access)
    {
        string name = $"{resource.Name()}-{ordinal}";
        string? ip = pod?["status"]?["podIP"]?.GetValue<string>();
        string? place = pod?.Annotation(ConfluentNames.JolokiaAddress)
            ?? (string.IsNullOrEmpty(ip) ? null
                : ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{options.JolokiaPort}"
                : $"{ip}:{options.JolokiaPort}");
        if (place is null || !options.JolokiaSecurity.Tls)
        {
            return new(name, id, place is null ? null : new Uri($"http://{place}/jolokia/")) { Access = access };
        }

        // Certificates are for DNS names, and a worker outside of the cluster cannot resolve them.
        string domain = resource["spec"]?["k8sClusterDomain"]?.GetValue<string>() ?? "cluster.local";
        IPEndPoint dial = IPEndPoint.Parse(place);
        string host = $"{name}.{resource.Name()}.{resource.Namespace()}.svc.{domain}";
        return new(name, id, new Uri($"https://{host}:{dial.Port}/jolokia/")) { Access = access, Dial = dial };
    }
}
