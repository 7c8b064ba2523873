using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Kubernetes.Quotas;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads Confluent resources and what the operator made of them.</summary>
internal static class ComponentReader
{
    // What the operator takes where the resource does not say.
    private const int DefaultReplicas = 3;

    /// <summary>A resource; null where it does not exist, or the API server does not know such resources.</summary>
    public static async Task<JsonObject?> FindAsync(
        IKubernetes client, ConfluentResource kind, string @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindAsync(kind.Type, @namespace, name, cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The controllers' resource that a Kafka resource names; null where it names none or that does not exist.</summary>
    public static async Task<JsonObject?> FindControllersAsync(
        IKubernetes client, JsonObject kafka, CancellationToken cancellationToken)
    {
        JsonNode? reference = kafka["spec"]?["dependencies"]?["kRaftController"]?["clusterRef"];
        return reference?["name"]?.GetValue<string>() is { } name
            ? await FindAsync(
                client,
                ConfluentResource.KRaftController,
                reference["namespace"]?.GetValue<string>() ?? kafka.Namespace()!,
                name,
                cancellationToken)
            : null;
    }

    /// <summary>The pods of a resource, by ordinal.</summary>
    public static async Task<IReadOnlyList<JsonObject>> PodsAsync(
        IKubernetes client, ConfluentResource kind, JsonObject resource, CancellationToken cancellationToken)
    {
        ListOptions options = new() { LabelSelector = $"{ConfluentNames.PodTypeLabel}={kind.PodType}" };
        ResourceList pods = await client.ListAsync(ResourceType.Pods, resource.Namespace(), options, cancellationToken);
        return [.. pods.Items.Where(pod => PodReading.IsOf(pod, resource.Name())).OrderBy(PodReading.Ordinal)];
    }

    /// <summary>How many pods a resource asks for.</summary>
    public static int Replicas(JsonObject resource) => resource["spec"]?["replicas"]?.GetValue<int>() ?? DefaultReplicas;

    /// <summary>A resource with its StatefulSet and pods.</summary>
    public static async Task<ComponentSnapshot> ReadAsync(
        IKubernetes client, ConfluentResource kind, JsonObject resource, CancellationToken cancellationToken)
    {
        Task<JsonObject?> finding = client.FindAsync(ResourceType.StatefulSets, resource.Namespace(), resource.Name(), cancellationToken);
        Task<IReadOnlyList<JsonObject>> listing = PodsAsync(client, kind, resource, cancellationToken);
        Task<GitOwner?> owner = GitOwnerReader.ReadAsync(client, resource, cancellationToken);
        await Task.WhenAll(finding, listing, owner);
        JsonObject? statefulSet = await finding;
        JsonNode? status = resource["status"];
        int replicas = Replicas(resource);
        IReadOnlyList<JsonObject> pods = await listing;
        Task<QuotaReading> quotas = QuotaReader.ReadAsync(client, resource.Namespace()!, pods, cancellationToken);
        Task<IReadOnlyList<string>> troubles = PodTroubles.ReadAsync(client, statefulSet, replicas, pods, cancellationToken);
        await Task.WhenAll(quotas, troubles);
        return new(
            new ObjectReference(
                kind.Type.Group, kind.Type.Version, kind.Type.Plural, resource.Namespace(), resource.Name(), resource.Uid()),
            resource.Generation(),
            resource.ObservedGeneration(),
            status?["phase"]?.GetValue<string>(),
            status?["conditions"]?.AsArray()
                .FirstOrDefault(
                    condition => condition?["type"]?.GetValue<string>() == ConfluentNames.ClusterReady)?["status"]?.GetValue<string>(),
            replicas,
            statefulSet?["status"]?["readyReplicas"]?.GetValue<int>() ?? 0,
            resource["spec"]?["podTemplate"]?["annotations"]?[ConfluentNames.ManualRoll]?.GetValue<string>(),
            HoldReading.Of(resource),
            NodeIds.Of(kind, resource, replicas),
            statefulSet is null ? null : StatefulSet(statefulSet),
            [.. pods.Select(PodReading.Of)])
        {
            GitOwner = await owner,
            Quotas = await quotas,
            Troubles = await troubles,
        };
    }

    private static StatefulSetSnapshot StatefulSet(JsonObject statefulSet) => new(
        statefulSet["status"]?["updateRevision"]?.GetValue<string>() ?? "",
        statefulSet["spec"]?["updateStrategy"]?["rollingUpdate"]?["partition"]?.GetValue<int>() ?? 0);
}
