using System.Text.Json.Nodes;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>What objects of Kubernetes show of their health. Pure.</summary>
internal static class HealthObjects
{
    /// <summary>A node.</summary>
    public static NodeSeen Node(JsonObject node)
    {
        JsonNode? writer = (node["metadata"]?["managedFields"]?.AsArray() ?? [])
            .LastOrDefault(entry => entry?["fieldsV1"]?["f:spec"]?["f:unschedulable"] is not null);
        return new(
            node.Name(),
            Conditions(node),
            (bool?)node["spec"]?["unschedulable"] == true,
            (string?)node["status"]?["nodeInfo"]?["kubeletVersion"] is { Length: > 0 } version ? version : null)
        {
            CordonedBy = (string?)writer?["manager"],
            CordonedSince = ObjectMetadata.ReadTime(writer?["time"]),
        };
    }

    /// <summary>A pod.</summary>
    public static PodSeen Pod(JsonObject pod)
    {
        JsonNode? scheduled = (pod["status"]?["conditions"]?.AsArray() ?? [])
            .FirstOrDefault(condition => (string?)condition?["type"] == "PodScheduled" && (string?)condition["status"] == "False");
        return new(
            pod.Namespace() ?? "",
            pod.Name(),
            (string?)pod["status"]?["phase"] ?? "Unknown",
            pod.CreatedAt() ?? default,
            [.. Containers(pod, "initContainerStatuses"), .. Containers(pod, "containerStatuses")])
        {
            DeletedAt = pod.DeletedAt(),
            IsOfJob = (pod["metadata"]?["ownerReferences"]?.AsArray() ?? []).Any(owner => (string?)owner?["kind"] == "Job"),
            Unscheduled = (string?)scheduled?["message"],
            Reason = (string?)pod["status"]?["reason"] ?? (string?)pod["status"]?["message"],
        };
    }

    /// <summary>A Deployment, StatefulSet or DaemonSet.</summary>
    public static WorkloadSeen Workload(string kind, JsonObject workload) => new(
        kind,
        FullName(workload),
        kind == "DaemonSet"
            ? (int?)workload["status"]?["desiredNumberScheduled"] ?? 0
            : (int?)workload["spec"]?["replicas"] ?? 1,
        (int?)workload["status"]?[kind == "DaemonSet" ? "numberReady" : "readyReplicas"] ?? 0);

    /// <summary>A disruption budget.</summary>
    public static BudgetSeen Budget(JsonObject budget) => new(
        FullName(budget),
        (int?)budget["status"]?["disruptionsAllowed"] ?? 0,
        (int?)budget["status"]?["currentHealthy"] ?? 0,
        (int?)budget["status"]?["desiredHealthy"] ?? 0,
        (int?)budget["status"]?["expectedPods"] ?? 0,
        Conditions(budget).FirstOrDefault(condition => condition is { Type: "DisruptionAllowed", Status: "False" })?.Since);

    /// <summary>A claim.</summary>
    public static ClaimSeen Claim(JsonObject claim) => new(
        FullName(claim),
        (string?)claim["status"]?["phase"] ?? "Pending",
        claim.CreatedAt() ?? default,
        (string?)claim["spec"]?["storageClassName"],
        claim.Label(ConfluentNames.PodTypeLabel) is "kafka" or "kraftcontroller");

    /// <summary>A volume.</summary>
    public static VolumeSeen Volume(JsonObject volume) => new(
        volume.Name(),
        (string?)volume["status"]?["phase"] ?? "Pending",
        (string?)volume["status"]?["message"],
        (string?)volume["spec"]?["persistentVolumeReclaimPolicy"],
        volume["spec"]?["claimRef"] is { } claim ? $"{(string?)claim["namespace"]}/{(string?)claim["name"]}" : null);

    /// <summary>A Warning event, of either API.</summary>
    public static EventSeen Event(JsonObject seen)
    {
        JsonNode? about = seen["involvedObject"] ?? seen["regarding"];
        return new(
            (string?)seen["reason"] ?? "Unknown",
            $"{(string?)about?["kind"]} {((string?)about?["namespace"] is { } space ? $"{space}/" : "")}{(string?)about?["name"]}",
            (string?)seen["message"] ?? (string?)seen["note"] ?? "",
            (int?)seen["series"]?["count"] ?? (int?)seen["count"] ?? 1,
            ObjectMetadata.ReadTime(seen["series"]?["lastObservedTime"] ?? seen["lastTimestamp"] ?? seen["eventTime"])
                ?? seen.CreatedAt() ?? default);
    }

    /// <summary>Namespace and name.</summary>
    public static string FullName(JsonObject obj) => obj.Namespace() is { } space ? $"{space}/{obj.Name()}" : obj.Name();

    private static IReadOnlyList<ConditionSeen> Conditions(JsonObject obj) =>
    [
        .. (obj["status"]?["conditions"]?.AsArray() ?? []).Select(condition => new ConditionSeen(
            (string?)condition?["type"] ?? "",
            (string?)condition?["status"] ?? "Unknown",
            (string?)condition?["reason"],
            (string?)condition?["message"],
            ObjectMetadata.ReadTime(condition?["lastTransitionTime"]))),
    ];

    private static IEnumerable<ContainerSeen> Containers(JsonObject pod, string field) =>
        (pod["status"]?[field]?.AsArray() ?? []).Select(container => new ContainerSeen(
            (string?)container?["name"] ?? "",
            (int?)container?["restartCount"] ?? 0,
            (string?)container?["state"]?["waiting"]?["reason"],
            (string?)container?["state"]?["waiting"]?["message"],
            ObjectMetadata.ReadTime(container?["lastState"]?["terminated"]?["finishedAt"])));
}
