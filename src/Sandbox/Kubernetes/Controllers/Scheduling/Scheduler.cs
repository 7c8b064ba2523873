using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>
/// Binds pods to nodes: of those that fit to the one where fewest pods of the same owner are, in its zone first, and then fewest at all.
/// A pod that fits nowhere is looked at again when a node, a volume or another pod has changed.
/// </summary>
internal sealed class Scheduler(ControlContext context, NodeCache nodes) : IController
{
    private const string Profile = "default-scheduler";
    private static readonly EventSource Binding = new(Profile, Action: "Binding");
    private static readonly EventSource Scheduling = new(Profile, Action: "Scheduling");
    private static readonly WriteOptions Writer = new() { FieldManager = "kube-scheduler" };
    private static readonly GroupResource[] Volumes = [ResourceType.PersistentVolumeClaims, ResourceType.PersistentVolumes];

    private readonly HashSet<ObjectKey> _refused = [];
    private readonly HashSet<ObjectKey> _repellent = [];

    public string Name => Profile;

    public void Observe(StoreEvent change)
    {
        nodes.Observe(change);
        GroupResource resource = change.Object.Key.Resource;
        if (resource == PodCache.Resource)
        {
            ObservePod(change);
        }
        else if ((resource == NodeCache.Resource && IsNews(change)) || Volumes.Contains(resource))
        {
            TryAgain();
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Pods.Find(key) is not { Node: null, IsTerminating: false } pod || !IsOurs(pod))
        {
            return;
        }

        // It does not stand in its own way.
        nodes.Forget(key);
        ClaimedVolumes volumes = new(pod, context.Store);
        if (volumes.Failure is { } failure)
        {
            Refuse(pod, $"0/{nodes.All.Count} nodes are available: {failure}. {Preemption(nodes.All.Count, 0)}");
            return;
        }

        TopologyRules topology = new(pod, context.Pods, nodes, _repellent.Select(context.Pods.Find).OfType<PodFacts>());
        NodeFilter filter = new(pod, volumes, topology);
        List<NodeFacts> fitting = [];
        Dictionary<NodeRefusal, int> refusals = [];
        foreach (NodeFacts node in nodes.All)
        {
            if (filter.Refusal(node) is { } refusal)
            {
                refusals[refusal] = refusals.GetValueOrDefault(refusal) + 1;
            }
            else
            {
                fitting.Add(node);
            }
        }

        if (fitting.Count == 0)
        {
            Refuse(pod, Sentence(refusals));
            return;
        }

        NodeFacts chosen = Choose(pod, fitting);
        if (!volumes.AreBound)
        {
            _refused.Add(key);
            nodes.Promise(pod, chosen);
            volumes.Choose(chosen.Name, context);
            return;
        }

        Bind(pod, chosen);
    }

    private void ObservePod(StoreEvent change)
    {
        ObjectKey key = change.Object.Key;
        PodFacts? pod = context.Pods.Find(key);
        if (pod is null || pod.Node is not null)
        {
            _refused.Remove(key);
        }

        if (pod is not null && TopologyRules.Repels(pod))
        {
            _repellent.Add(key);
        }
        else
        {
            _repellent.Remove(key);
        }

        if (change.Type == StoreEventType.Added && pod is { Node: null })
        {
            context.Loop.Enqueue(this, key);
        }
        else if (change.Type == StoreEventType.Deleted || (pod is { HasEnded: true } && change.Previous?.Status.Text("phase") != pod.Phase))
        {
            TryAgain();
        }
    }

    private static bool IsNews(StoreEvent change) => change.Previous is not { } before
        || !System.Text.Json.JsonElement.DeepEquals(before.Spec, change.Object.Spec)
        || before.Status.At("allocatable")?.GetRawText() != change.Object.Status.At("allocatable")?.GetRawText()
        || before.Metadata.At("labels")?.GetRawText() != change.Object.Metadata.At("labels")?.GetRawText();

    private void TryAgain()
    {
        foreach (ObjectKey key in _refused)
        {
            context.Loop.Enqueue(this, key);
        }
    }

    private static bool IsOurs(PodFacts pod) => (pod.Object.Spec.Text("schedulerName") ?? Profile) == Profile
        && !pod.Object.Spec.Items("schedulingGates").Any();

    private NodeFacts Choose(PodFacts pod, List<NodeFacts> fitting)
    {
        Dictionary<string, int> onNode = new(StringComparer.Ordinal);
        Dictionary<string, int> inZone = new(StringComparer.Ordinal);
        foreach (PodFacts sibling in pod.Controller is { } owner ? context.Pods.ControlledBy(owner.Uid) : [])
        {
            if (nodes.NodeOf(sibling) is { } node && !sibling.HasEnded)
            {
                onNode[node] = onNode.GetValueOrDefault(node) + 1;
                string zone = nodes.Find(node)?.Zone ?? "";
                inZone[zone] = inZone.GetValueOrDefault(zone) + 1;
            }
        }

        return fitting.MinBy(node => (
            inZone.GetValueOrDefault(node.Zone ?? ""), onNode.GetValueOrDefault(node.Name), node.Taken.Pods))!;
    }

    // As the API does for a binding: node and condition in one write.
    private void Bind(PodFacts pod, NodeFacts node)
    {
        JsonObject bound = pod.Object.ToJson();
        bound.Part("spec")["nodeName"] = node.Name;
        Conditions.Set(bound, "PodScheduled", "True", null, null, context.Now);
        try
        {
            context.Store.Replace(pod.Object, bound);
        }
        catch (StatusException e) when (e.IsConflict || e.IsNotFound)
        {
            context.Loop.Enqueue(this, pod.Key);
            return;
        }

        _refused.Remove(pod.Key);
        context.Events.Normal(Binding, pod.Object, "Scheduled", $"Successfully assigned {pod.Namespace}/{pod.Name} to {node.Name}");
    }

    private void Refuse(PodFacts pod, string why)
    {
        _refused.Add(pod.Key);
        context.Events.Warning(Scheduling, pod.Object, "FailedScheduling", why);
        context.UpdateStatus(
            pod.Key, obj => Conditions.Set(obj, "PodScheduled", "False", "Unschedulable", why, context.Now), Writer);
    }

    private string Sentence(Dictionary<NodeRefusal, int> refusals)
    {
        if (nodes.All.Count == 0)
        {
            return "no nodes available to schedule pods";
        }

        IEnumerable<string> reasons = refusals.GroupBy(each => each.Key.Reason)
            .Select(each => $"{each.Sum(row => row.Value)} {each.Key}").Order(StringComparer.Ordinal);
        int final = refusals.Where(each => each.Key.IsFinal).Sum(each => each.Value);
        return $"0/{nodes.All.Count} nodes are available: {string.Join(", ", reasons)}. {Preemption(final, nodes.All.Count - final)}";
    }

    private string Preemption(int final, int others)
    {
        List<string> reasons = [];
        if (others > 0)
        {
            reasons.Add($"{others} No preemption victims found for incoming pod");
        }

        if (final > 0)
        {
            reasons.Add($"{final} Preemption is not helpful for scheduling");
        }

        return $"no new claims to deallocate, preemption: 0/{nodes.All.Count} nodes are available: {string.Join(", ", reasons)}.";
    }
}
