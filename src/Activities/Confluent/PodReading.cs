using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads pods of a StatefulSet. Pure.</summary>
internal static class PodReading
{
    public static PodSnapshot Of(JsonObject pod) => new(
        pod.Name(),
        Ordinal(pod),
        pod.Uid(),
        pod.Label(ConfluentNames.RevisionLabel),
        pod["status"]?["phase"]?.GetValue<string>() ?? "Unknown",
        Condition(pod, "Ready")?["status"]?.GetValue<string>() == "True",
        pod.DeletedAt() is not null,
        pod["spec"]?["nodeName"]?.GetValue<string>(),
        WaitingReason(pod),
        Unschedulable(pod))
    {
        CreatedAt = pod.CreatedAt(),
        ReadySince = Condition(pod, "Ready") is { } ready && ready["status"]?.GetValue<string>() == "True"
            ? ObjectMetadata.ReadTime(ready["lastTransitionTime"])
            : null,
    };

    /// <summary>The number that a pod's name ends with.</summary>
    public static int Ordinal(JsonObject pod)
    {
        string name = pod.Name();
        return int.TryParse(name.AsSpan(name.LastIndexOf('-') + 1), out int ordinal)
            ? ordinal
            : throw new FormatException($"Pod {name} has no ordinal.");
    }

    /// <summary>Whether the pod belongs to the StatefulSet of that name.</summary>
    public static bool IsOf(JsonObject pod, string statefulSet) =>
        pod["metadata"]?["ownerReferences"]?.AsArray().Any(owner =>
            owner?["kind"]?.GetValue<string>() == "StatefulSet" && owner["name"]?.GetValue<string>() == statefulSet) == true;

    private static JsonNode? Condition(JsonObject pod, string type) =>
        pod["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => condition?["type"]?.GetValue<string>() == type);

    private static string? WaitingReason(JsonObject pod) =>
        ((string[])["initContainerStatuses", "containerStatuses"])
            .SelectMany(list => pod["status"]?[list]?.AsArray() ?? [])
            .Select(container => container?["state"]?["waiting"]?["reason"]?.GetValue<string>())
            .FirstOrDefault(reason => reason is not null);

    private static string? Unschedulable(JsonObject pod) =>
        Condition(pod, "PodScheduled") is { } scheduled
        && scheduled["status"]?.GetValue<string>() == "False"
        && scheduled["reason"]?.GetValue<string>() == "Unschedulable"
            ? scheduled["message"]?.GetValue<string>() ?? "Unschedulable"
            : null;
}
