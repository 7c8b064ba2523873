using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Quotas;

/// <summary>Counts what is used of each ResourceQuota: all over when the quota changes, and again when something goes.</summary>
internal sealed class QuotaController(ControlContext context) : IController
{
    private static readonly GroupResource Quotas = ResourceType.ResourceQuotas;

    private readonly Dictionary<string, HashSet<ObjectKey>> _quotas = new(StringComparer.Ordinal);

    public string Name => "resourcequota-controller";

    public void Observe(StoreEvent change)
    {
        ObjectKey key = change.Object.Key;
        if (key.Resource == Quotas)
        {
            if (!_quotas.TryGetValue(key.Namespace!, out HashSet<ObjectKey>? known))
            {
                _quotas[key.Namespace!] = known = [];
            }

            if (change.Type == StoreEventType.Deleted)
            {
                known.Remove(key);
            }
            else
            {
                known.Add(key);
                context.Loop.Enqueue(this, key);
            }
        }
        else if (key.Namespace is { } @namespace && _quotas.TryGetValue(@namespace, out HashSet<ObjectKey>? quotas)
            && (change.Type == StoreEventType.Deleted || HasEnded(change)))
        {
            foreach (ObjectKey quota in quotas)
            {
                context.Loop.Enqueue(this, quota);
            }
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } quota)
        {
            return;
        }

        Dictionary<string, Quantity> used = new(StringComparer.Ordinal);
        foreach (GroupResource resource in Counted(quota))
        {
            foreach (StoredObject obj in context.Store.List(resource, key.Namespace).Objects)
            {
                foreach ((string name, Quantity amount) in QuotaUsage.Of(resource, obj.Json))
                {
                    used[name] = used.TryGetValue(name, out Quantity before) ? before + amount : amount;
                }
            }
        }

        context.UpdateStatus(key, obj =>
        {
            JsonObject status = new() { ["hard"] = quota.Spec.At("hard")?.Copy() ?? new JsonObject() };
            foreach ((string name, _) in quota.Spec.Texts("hard"))
            {
                status.Part("used")[name] = used.GetValueOrDefault(name).ToString();
            }

            if (JsonNode.DeepEquals(status, obj["status"]))
            {
                return false;
            }

            obj["status"] = status;
            return true;
        });
    }

    private static bool HasEnded(StoreEvent change) =>
        change.Object.Status.Text("phase") is "Succeeded" or "Failed"
        && change.Previous?.Status.Text("phase") != change.Object.Status.Text("phase");

    private static IEnumerable<GroupResource> Counted(StoredObject quota)
    {
        HashSet<GroupResource> counted = [];
        foreach ((string name, _) in quota.Spec.Texts("hard"))
        {
            if (name.StartsWith("count/", StringComparison.Ordinal))
            {
                string[] parts = name["count/".Length..].Split('.', 2);
                counted.Add(new GroupResource(parts.Length > 1 ? parts[1] : "", parts[0]));
            }
            else if (name.Contains("storage", StringComparison.Ordinal) && !name.Contains("ephemeral", StringComparison.Ordinal))
            {
                counted.Add(ResourceType.PersistentVolumeClaims);
            }
            else
            {
                counted.Add(name is "services" or "secrets" or "configmaps" or "persistentvolumeclaims" or "resourcequotas"
                    ? new GroupResource("", name)
                    : ResourceType.Pods);
            }
        }

        return counted;
    }
}
