using System.Text.Json.Nodes;

namespace Orchestrator.Activities.Kubernetes.Quotas;

/// <summary>What a pod counts for in a ResourceQuota, as far as it states that. Pure.</summary>
internal static class PodNeeds
{
    /// <summary>How much of a quota's resource the pod takes; null where it states nothing of it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="resource">The quota's key, such as <c>pods</c>, <c>cpu</c>, <c>limits.memory</c>.</param>
    public static decimal? Of(JsonObject pod, string resource) => resource switch
    {
        "pods" or "count/pods" => 1,
        _ when resource.StartsWith("requests.", StringComparison.Ordinal) => Sum(pod, "requests", resource["requests.".Length..]),
        _ when resource.StartsWith("limits.", StringComparison.Ordinal) => Sum(pod, "limits", resource["limits.".Length..]),
        "cpu" or "memory" or "ephemeral-storage" => Sum(pod, "requests", resource),
        _ => null,
    };

    /// <summary>Whether a quota counts the pod: all of its scopes, and of its selector's rows, hold.</summary>
    public static bool IsCounted(JsonObject pod, JsonObject quota)
    {
        IEnumerable<JsonNode?> rows = quota["spec"]?["scopeSelector"]?["matchExpressions"]?.AsArray() ?? [];
        IEnumerable<JsonNode?> scopes = quota["spec"]?["scopes"]?.AsArray() ?? [];
        return scopes.All(scope => IsIn(pod, (string?)scope, null)) && rows.All(row => IsIn(pod, (string?)row?["scopeName"], row));
    }

    // A scope that is not known here may count the pod.
    private static bool IsIn(JsonObject pod, string? scope, JsonNode? row) => scope switch
    {
        "Terminating" => pod["spec"]?["activeDeadlineSeconds"] is not null,
        "NotTerminating" => pod["spec"]?["activeDeadlineSeconds"] is null,
        "BestEffort" => IsBestEffort(pod),
        "NotBestEffort" => !IsBestEffort(pod),
        "PriorityClass" => IsOfClass((string?)pod["spec"]?["priorityClassName"], row),
        _ => true,
    };

    private static bool IsOfClass(string? name, JsonNode? row)
    {
        List<string?> values = [.. (row?["values"]?.AsArray() ?? []).Select(value => (string?)value)];
        return (string?)row?["operator"] switch
        {
            "In" => values.Contains(name),
            "NotIn" => !values.Contains(name),
            "DoesNotExist" => name is null,
            _ => name is not null,
        };
    }

    private static bool IsBestEffort(JsonObject pod) => (string?)pod["status"]?["qosClass"] == "BestEffort";

    // Containers run together; one that initialises runs alone, unless it stays as a sidecar.
    private static decimal? Sum(JsonObject pod, string kind, string resource)
    {
        JsonArray initial = pod["spec"]?["initContainers"]?.AsArray() ?? [];
        List<decimal?> together =
        [
            .. (pod["spec"]?["containers"]?.AsArray() ?? []).Concat(initial.Where(IsSidecar))
                .Select(container => Stated(container, kind, resource)),
        ];
        decimal? alone = initial.Where(container => !IsSidecar(container)).Select(container => Stated(container, kind, resource)).Max();
        decimal overhead = Amount(pod["spec"]?["overhead"]?[resource]) ?? 0;
        decimal? sum = together.Exists(amount => amount is not null) ? together.Sum() + overhead : null;
        return sum is null || alone > sum ? alone : sum;
    }

    private static bool IsSidecar(JsonNode? container) => (string?)container?["restartPolicy"] == "Always";

    private static decimal? Stated(JsonNode? container, string kind, string resource) => Amount(container?["resources"]?[kind]?[resource]);

    private static decimal? Amount(JsonNode? quantity) => quantity is null ? null : Quantity.Parse($"{quantity}");
}
