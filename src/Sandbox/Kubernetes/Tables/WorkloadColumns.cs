using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using static Orchestrator.Sandbox.Kubernetes.Tables.Columns;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>The columns of what runs pods, and of what protects them.</summary>
internal static class WorkloadColumns
{
    private static readonly Column Containers = new(
        "Containers", (obj, _) => string.Join(',', ContainersOf(obj).Select(each => (string?)each!["name"]))) { Priority = 1 };

    private static readonly Column Images = new(
        "Images", (obj, _) => string.Join(',', ContainersOf(obj).Select(each => (string?)each!["image"]))) { Priority = 1 };

    private static readonly Column Selector = new("Selector", (obj, _) => CoreColumns.Pairs(obj["spec"]?["selector"]?["matchLabels"]))
    {
        Priority = 1,
    };

    /// <summary>The columns of a resource; null where these are not about it.</summary>
    public static IReadOnlyList<Column>? Of(ResourceDefinition resource) => (resource.Group, resource.Plural) switch
    {
        ("apps", "statefulsets") => [Name, Ready(), Age, Containers, Images],
        ("apps", "deployments") =>
        [
            Name, Ready(), Text("Up-to-date", ".status.updatedReplicas", "0"), Text("Available", ".status.availableReplicas", "0"), Age,
            Containers, Images, Selector,
        ],
        ("apps", "replicasets") =>
        [
            Name, Number("Desired", ".spec.replicas"), Number("Current", ".status.replicas"), Number("Ready", ".status.readyReplicas"), Age,
            Containers, Images, Selector,
        ],
        ("apps", "daemonsets") =>
        [
            Name, Number("Desired", ".status.desiredNumberScheduled"), Number("Current", ".status.currentNumberScheduled"),
            Number("Ready", ".status.numberReady"), Number("Up-to-date", ".status.updatedNumberScheduled"),
            Number("Available", ".status.numberAvailable"),
            new("Node Selector", (set, _) => CoreColumns.Pairs(set["spec"]?["template"]?["spec"]?["nodeSelector"])),
            Age, Containers, Images, Selector,
        ],
        ("apps", "controllerrevisions") =>
        [
            Name,
            new("Controller", (revision, _) => Owner(revision)),
            Text("Revision", ".revision"),
            Age,
        ],
        ("batch", "jobs") =>
        [
            Name,
            new("Status", (job, _) => JobStatus(job)),
            new("Completions", (job, _) => $"{job["status"]?["succeeded"] ?? 0}/{job["spec"]?["completions"] ?? 1}"),
            new("Duration", (job, now) => Duration(job, now)),
            Age, Containers, Images, Selector,
        ],
        ("policy", "poddisruptionbudgets") =>
        [
            Name, Text("Min Available", ".spec.minAvailable", "N/A"), Text("Max Unavailable", ".spec.maxUnavailable", "N/A"),
            Number("Allowed Disruptions", ".status.disruptionsAllowed"), Age,
        ],
        _ => null,
    };

    private static Column Ready() => new("Ready", (set, _) => $"{set["status"]?["readyReplicas"] ?? 0}/{set["spec"]?["replicas"] ?? 1}");

    private static JsonArray ContainersOf(JsonObject obj) => obj["spec"]?["template"]?["spec"]?["containers"] as JsonArray ?? [];

    private static string Owner(JsonObject obj)
    {
        JsonNode? owner = (obj["metadata"]?["ownerReferences"] as JsonArray)?.FirstOrDefault(each => (bool?)each?["controller"] == true);
        string kind = ((string?)owner?["kind"] ?? "").ToLowerInvariant();
        string group = ((string?)owner?["apiVersion"] ?? "").Split('/') is [var name, _] ? $".{name}" : "";
        return owner is null ? "<none>" : $"{kind}{group}/{owner["name"]}";
    }

    private static string JobStatus(JsonObject job)
    {
        JsonArray conditions = job["status"]?["conditions"] as JsonArray ?? [];
        return HasCondition("Complete") ? "Complete"
            : HasCondition("Failed") ? "Failed"
            : job.DeletedAt() is not null ? "Terminating"
            : HasCondition("Suspended") ? "Suspended"
            : HasCondition("FailureTarget") ? "FailureTarget"
            : HasCondition("SuccessCriteriaMet") ? "SuccessCriteriaMet"
            : "Running";

        bool HasCondition(string type) => conditions.Any(each => (string?)each!["type"] == type && (string?)each["status"] == "True");
    }

    private static string Duration(JsonObject job, DateTimeOffset now)
    {
        if ((string?)job["status"]?["startTime"] is not { } start)
        {
            return "";
        }

        DateTimeOffset end = (string?)job["status"]?["completionTime"] is { } completed ? DateTimeOffset.Parse(completed) : now;
        return Ages.Since(start, end);
    }
}
