using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Nodes;

/// <summary>
/// Taints nodes by their conditions, declares those unknown of which nothing is heard, and says of their pods that they are not ready.
/// A machine in the box is heard of as long as nobody switches it off: no heartbeat is written.
/// </summary>
internal sealed class NodeLifecycle(ControlContext context) : IController
{
    // --node-monitor-grace-period of kube-controller-manager 1.34.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(50);
    private static readonly EventSource Source = new("node-controller");

    private static readonly (string Condition, string Taint)[] Pressures =
    [
        ("MemoryPressure", "node.kubernetes.io/memory-pressure"),
        ("DiskPressure", "node.kubernetes.io/disk-pressure"),
        ("PIDPressure", "node.kubernetes.io/pid-pressure"),
        ("NetworkUnavailable", "node.kubernetes.io/network-unavailable"),
    ];

    private static readonly string[] Reported = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"];

    private readonly Dictionary<string, IDisposable> _silent = new(StringComparer.Ordinal);

    public string Name => "node-lifecycle-controller";

    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == NodeCache.Resource)
        {
            context.Loop.Enqueue(this, change.Object.Key);
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } node)
        {
            return;
        }

        SetTaints(node);
        if (Ready(node) is { } ready && ready != "True")
        {
            MarkPods(key.Name);
        }
    }

    /// <summary>Nothing is heard of a node from now on.</summary>
    public void Lose(string node)
    {
        Hear(node);
        _silent[node] = context.Loop.After(Grace, $"node {node} counts as lost", () => Declare(node));
    }

    /// <summary>A node is heard of again.</summary>
    public void Hear(string node)
    {
        if (_silent.Remove(node, out IDisposable? alarm))
        {
            alarm.Dispose();
        }
    }

    private void Declare(string name)
    {
        ObjectKey key = new(NodeCache.Resource, null, name);
        if (context.Store.Find(key) is not { } node)
        {
            return;
        }

        context.Events.Normal(Source, node, "NodeNotReady", $"Node {name} status is now: NodeNotReady");
        context.UpdateStatus(key, obj =>
        {
            foreach (string type in Reported)
            {
                Conditions.Set(obj, type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", context.Now);
            }

            return true;
        });
    }

    private static string? Ready(StoredObject node) =>
        node.Status.Items("conditions").FirstOrDefault(each => each.Text("type") == "Ready").Text("status");

    private void SetTaints(StoredObject node)
    {
        List<(string Key, string Effect)> wanted = [];
        if (node.Spec.Flag("unschedulable"))
        {
            wanted.Add(("node.kubernetes.io/unschedulable", "NoSchedule"));
        }

        foreach ((string condition, string taint) in Pressures)
        {
            if (node.Status.Items("conditions").Any(each => each.Text("type") == condition && each.Text("status") == "True"))
            {
                wanted.Add((taint, "NoSchedule"));
            }
        }

        string? unready = Ready(node) switch { "Unknown" => "unreachable", "False" => "not-ready", _ => null };
        if (unready is not null)
        {
            wanted.Add(($"node.kubernetes.io/{unready}", "NoSchedule"));
            wanted.Add(($"node.kubernetes.io/{unready}", "NoExecute"));
        }

        HashSet<(string, string)> present =
            [.. Taint.Of(node.Spec).Where(each => IsOurs(each.Key)).Select(each => (each.Key, each.Effect))];
        if (!present.SetEquals(wanted))
        {
            Write(node, wanted);
        }
    }

    private void Write(StoredObject node, List<(string Key, string Effect)> wanted)
    {
        try
        {
            context.Api.Update(node.Key, obj =>
            {
                JsonArray before = obj.Part("spec").List("taints");
                JsonArray after = [.. before.Where(each => IsKept(each!, wanted)).Select(each => each!.DeepClone())];
                foreach ((string taint, string effect) in wanted)
                {
                    if (!after.Any(each => (string?)each!["key"] == taint && (string?)each["effect"] == effect))
                    {
                        after.Add((JsonNode)new JsonObject { ["key"] = taint, ["effect"] = effect, ["timeAdded"] = context.Timestamp });
                    }
                }

                obj.Part("spec").Remove("taints");
                if (after.Count > 0)
                {
                    obj.Part("spec")["taints"] = after;
                }

                return true;
            });
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // The node is gone.
        }
    }

    private static bool IsKept(JsonNode taint, List<(string Key, string Effect)> wanted) =>
        !IsOurs((string?)taint["key"] ?? "") || wanted.Contains(((string)taint["key"]!, (string?)taint["effect"] ?? ""));

    private static bool IsOurs(string key) =>
        key is "node.kubernetes.io/unschedulable" or "node.kubernetes.io/unreachable" or "node.kubernetes.io/not-ready"
        || Pressures.Any(each => each.Taint == key);

    private void MarkPods(string node)
    {
        foreach (PodFacts pod in context.Pods.OnNode(node).Where(pod => pod.IsReady).ToList())
        {
            context.Events.Warning(Source, pod.Object, "NodeNotReady", "Node is not ready");
            context.UpdateStatus(pod.Key, obj =>
            {
                foreach (JsonNode? condition in obj.Part("status").List("conditions"))
                {
                    if ((string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True")
                    {
                        condition["status"] = "False";
                        condition["lastTransitionTime"] = context.Timestamp;
                    }
                }

                return true;
            });
        }
    }
}
