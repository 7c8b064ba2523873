using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>What the server sets in a new object by looking at the whole of it, or at others.</summary>
internal static class Completion
{
    private static readonly string[] CountedForQos = ["cpu", "memory"];

    /// <summary>Completes a new object in place.</summary>
    public static void New(ObjectStore store, ResourceDefinition resource, JsonObject obj)
    {
        switch ((resource.Group, resource.Plural))
        {
            case ("", "pods"):
                obj["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QosClass((JsonObject)obj["spec"]!) };
                break;
            case ("", "namespaces"):
                obj["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
                obj["status"] = new JsonObject { ["phase"] = "Active" };
                Labels(obj)["kubernetes.io/metadata.name"] = obj.Name();
                break;
            case ("", "services") when obj["spec"] is JsonObject spec && (string?)spec["type"] != "ExternalName":
                CompleteService(store, spec);
                break;
            case ("", "persistentvolumeclaims"):
                Protect(obj, "kubernetes.io/pvc-protection");
                break;
            case ("", "persistentvolumes"):
                Protect(obj, "kubernetes.io/pv-protection");
                break;
            case ("apiextensions.k8s.io", "customresourcedefinitions"):
                obj["status"] = CustomDefinitions.NewStatus(obj);
                break;
            case ("batch", "jobs") when obj["spec"] is JsonObject job && (bool?)job["manualSelector"] != true:
                CompleteJob(obj, job);
                break;
            default:
                break;
        }
    }

    // Holds what is in use.
    private static void Protect(JsonObject obj, string finalizer)
    {
        JsonArray finalizers = obj["metadata"]!["finalizers"] as JsonArray ?? [];
        if (!finalizers.Any(each => (string?)each == finalizer))
        {
            finalizers.Add(finalizer);
            obj["metadata"]!["finalizers"] = finalizers;
        }
    }

    private static void CompleteService(ObjectStore store, JsonObject spec)
    {
        spec["clusterIP"] ??= FreeAddress(store);
        spec["clusterIPs"] ??= new JsonArray((string?)spec["clusterIP"]);
        spec["ipFamilies"] ??= new JsonArray("IPv4");
        spec["ipFamilyPolicy"] ??= "SingleStack";
    }

    private static string FreeAddress(ObjectStore store)
    {
        HashSet<string?> taken =
        [
            .. store.List(ResourceType.Services).Objects
                .Select(each => each.Spec.TryGetProperty("clusterIP", out var address) ? address.GetString() : null),
        ];
        return Enumerable.Range(1, 65_000).Select(number => $"10.96.{number / 250}.{(number % 250) + 1}")
            .First(each => !taken.Contains(each));
    }

    private static void CompleteJob(JsonObject obj, JsonObject job)
    {
        JsonObject metadata = (JsonObject)obj["metadata"]!;
        string uid = Guid.NewGuid().ToString();
        metadata["uid"] = uid;
        JsonObject template = job["template"] as JsonObject ?? [];
        job["template"] = template;
        foreach (JsonObject each in new[] { template, obj })
        {
            JsonObject labels = Labels(each);
            foreach (string prefix in new[] { "batch.kubernetes.io/", "" })
            {
                labels[$"{prefix}controller-uid"] = uid;
                labels[$"{prefix}job-name"] = (string?)metadata["name"];
            }
        }

        job["selector"] = new JsonObject
        {
            ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid },
        };
    }

    private static JsonObject Labels(JsonObject obj)
    {
        JsonObject metadata = obj["metadata"] as JsonObject ?? [];
        obj["metadata"] = metadata;
        JsonObject labels = metadata["labels"] as JsonObject ?? [];
        metadata["labels"] = labels;
        return labels;
    }

    private static string QosClass(JsonObject spec)
    {
        List<JsonNode?> containers = [.. (spec["containers"] as JsonArray ?? []).Concat(spec["initContainers"] as JsonArray ?? [])];
        if (containers.All(each => each?["resources"]?["requests"] is null && each?["resources"]?["limits"] is null))
        {
            return "BestEffort";
        }

        return containers.All(each => CountedForQos.All(name =>
            each?["resources"]?["limits"]?[name] is { } limit && JsonNode.DeepEquals(limit, each["resources"]!["requests"]?[name])))
            ? "Guaranteed"
            : "Burstable";
    }
}
