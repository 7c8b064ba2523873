using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Confluent;

/// <summary>Which Kafka node ids the pods of a resource should have. Pure.</summary>
internal static class NodeIds
{
    /// <summary>In ascending order, which is that of the pods; empty where the resource does not say.</summary>
    public static IReadOnlyList<int> Of(ConfluentResource kind, JsonObject resource, int replicas) =>
        Voters(resource) is { Count: > 0 } voters ? voters
        : Offset(kind, resource) is { } offset ? [.. Enumerable.Range(offset, replicas)]
        : [];

    private static List<int> Voters(JsonObject resource) =>
    [
        .. (resource["status"]?["controllerQuorumVoters"]?.AsArray() ?? [])
            .Select(voter => voter?["nodeId"]?.GetValue<int>())
            .OfType<int>()
            .Order(),
    ];

    // Brokers count from 0 unless something says otherwise. Where controllers begin has changed between versions of the operator.
    private static int? Offset(ConfluentResource kind, JsonObject resource) =>
        resource["status"]?["brokerIdOffset"]?.GetValue<int>()
        ?? (int.TryParse(resource.Annotation(ConfluentNames.NodeIdOffset), out int annotated) ? annotated : (int?)null)
        ?? (kind == ConfluentResource.Kafka ? 0 : null);
}
