using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Admission;

/// <summary>
/// The admission plugins that the API server runs by default and that are seen by who works with pods, claims and namespaces:
/// NamespaceLifecycle, ServiceAccount, DefaultTolerationSeconds, Priority, DefaultStorageClass, ResourceQuota.
/// </summary>
internal static class AdmissionControl
{
    private const long TolerationSeconds = 300;

    /// <summary>Completes a new object, or refuses it.</summary>
    /// <exception cref="StatusException">The object cannot be here.</exception>
    public static void Create(ObjectStore store, ResourceDefinition resource, JsonObject obj)
    {
        if (resource.IsNamespaced)
        {
            CheckNamespace(store, resource, obj);
        }

        if (resource.Key == GroupResource.FromResourceType(ResourceType.Pods))
        {
            CompletePod(store, (JsonObject)(obj["spec"] ?? new JsonObject()));
        }
        else if (resource.Key == GroupResource.FromResourceType(ResourceType.PersistentVolumeClaims)
            && obj["spec"] is JsonObject claim && !claim.ContainsKey("storageClassName"))
        {
            SetStorageClass(store, claim);
        }
    }

    private static void CheckNamespace(ObjectStore store, ResourceDefinition resource, JsonObject obj)
    {
        string name = obj.Namespace()!;
        StoredObject space = store.Find(ResourceType.Namespaces, null, name)
            ?? throw StatusException.NotFound(new ObjectKey(ResourceType.Namespaces, null, name));
        if (space.IsBeingDeleted)
        {
            string why = $"unable to create new content in namespace {name} because it is being terminated";
            throw StatusException.Forbidden(
                new ObjectKey(resource.Key, name, (string?)obj["metadata"]!["name"] ?? ""),
                why,
                [new JsonObject
                {
                    ["reason"] = "NamespaceTerminating",
                    ["message"] = $"namespace {name} is being terminated",
                    ["field"] = "metadata.namespace",
                }]);
        }
    }

    private static void CompletePod(ObjectStore store, JsonObject spec)
    {
        spec["serviceAccountName"] ??= spec["serviceAccount"]?.DeepClone() ?? "default";
        JsonArray tolerations = spec["tolerations"] as JsonArray ?? [];
        spec["tolerations"] = tolerations;
        foreach (string taint in new[] { "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable" })
        {
            if (!tolerations.Any(each => Tolerates(each!, taint)))
            {
                tolerations.Add(new JsonObject
                {
                    ["key"] = taint,
                    ["operator"] = "Exists",
                    ["effect"] = "NoExecute",
                    ["tolerationSeconds"] = TolerationSeconds,
                });
            }
        }

        if ((string?)spec["priorityClassName"] is { Length: > 0 } priority)
        {
            StoredObject? found = store.Find(new ObjectKey(new GroupResource("scheduling.k8s.io", "priorityclasses"), null, priority));
            spec["priority"] = found?.Json.GetProperty("value").GetInt32() ?? 0;
        }

        spec["priority"] ??= 0;
        spec["preemptionPolicy"] ??= "PreemptLowerPriority";
    }

    private static bool Tolerates(JsonNode toleration, string taint) =>
        ((string?)toleration["key"] is not { Length: > 0 } key || key == taint)
        && (string?)toleration["effect"] is null or "" or "NoExecute";

    private static void SetStorageClass(ObjectStore store, JsonObject claim)
    {
        StoredObject? standard = store.List(ResourceType.StorageClasses).Objects
            .Where(each => each.ToJson().Annotation("storageclass.kubernetes.io/is-default-class") == "true")
            .MaxBy(each => each.ToJson().CreatedAt());
        if (standard is not null)
        {
            claim["storageClassName"] = standard.Name;
        }
    }
}
