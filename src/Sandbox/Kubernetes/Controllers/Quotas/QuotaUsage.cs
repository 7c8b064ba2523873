using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Quotas;

/// <summary>What objects count for against quotas, by the names that quotas have for it.</summary>
internal static class QuotaUsage
{
    private static readonly GroupResource Pods = ResourceType.Pods;
    private static readonly GroupResource Claims = ResourceType.PersistentVolumeClaims;

    // What has a short name beside count/….
    private static readonly HashSet<string> Short =
        ["pods", "services", "secrets", "configmaps", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas"];

    /// <summary>What one object counts for.</summary>
    public static Dictionary<string, Quantity> Of(GroupResource resource, JsonElement obj)
    {
        Dictionary<string, Quantity> usage = new(StringComparer.Ordinal) { [$"count/{resource}"] = new Quantity(1, false) };
        if (resource.Group.Length == 0 && Short.Contains(resource.Resource) && !(resource == Pods && HasEnded(obj)))
        {
            usage[resource.Resource] = new Quantity(1, false);
        }

        if (resource == Pods && !HasEnded(obj))
        {
            AddContainers(usage, obj);
        }
        else if (resource == Claims)
        {
            Add(usage, "requests.storage", obj.At("spec", "resources", "requests", "storage"));
            if (obj.Text("spec", "storageClassName") is { } name)
            {
                usage[$"{name}.storageclass.storage.k8s.io/persistentvolumeclaims"] = new Quantity(1, false);
                Add(usage, $"{name}.storageclass.storage.k8s.io/requests.storage", obj.At("spec", "resources", "requests", "storage"));
            }
        }

        return usage;
    }

    private static bool HasEnded(JsonElement pod) => pod.Text("status", "phase") is "Succeeded" or "Failed";

    private static void AddContainers(Dictionary<string, Quantity> usage, JsonElement pod)
    {
        foreach (JsonElement container in pod.Items("spec", "containers"))
        {
            foreach (string kind in (ReadOnlySpan<string>)["requests", "limits"])
            {
                if (container.At("resources", kind) is not { } resources)
                {
                    continue;
                }

                foreach (JsonProperty each in resources.EnumerateObject())
                {
                    Add(usage, $"{kind}.{each.Name}", each.Value);
                    if (kind == "requests")
                    {
                        Add(usage, each.Name, each.Value);
                    }
                }
            }
        }
    }

    private static void Add(Dictionary<string, Quantity> usage, string name, JsonElement? amount)
    {
        string? text = amount is { ValueKind: JsonValueKind.String } given ? given.GetString() : amount?.GetRawText();
        if (text is not null && Quantity.TryParse(text, out Quantity quantity))
        {
            usage[name] = usage.TryGetValue(name, out Quantity before) ? before + quantity : quantity;
        }
    }
}
