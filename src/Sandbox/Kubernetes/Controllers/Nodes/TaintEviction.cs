using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Nodes;

/// <summary>
/// Deletes pods from nodes with taints of effect <c>NoExecute</c> when they have stayed as long as they tolerate it. A pod on a node that
/// is down stays <c>Terminating</c> until the node is back, is declared out of service, or is deleted: nobody else can say that it ended.
/// </summary>
internal sealed class TaintEviction(ControlContext context, NodeCache nodes) : IController
{
    private const string OutOfService = "node.kubernetes.io/out-of-service";

    // How long the collector of pods waits after a node was deleted.
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);
    private static readonly EventSource Source = new("taint-eviction-controller");

    private readonly Dictionary<string, IDisposable> _leaving = new(StringComparer.Ordinal);

    public string Name => "taint-eviction-controller";

    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == NodeCache.Resource)
        {
            ObserveNode(change);
        }
        else if (change.Object.Key.Resource == PodCache.Resource)
        {
            if (change.Type == StoreEventType.Deleted)
            {
                CallOff(change.Object.Uid);
            }
            else if (context.Pods.Find(change.Object.Key)?.Node is { } name && nodes.Find(name)?.Taints.Count > 0)
            {
                context.Loop.Enqueue(this, change.Object.Key);
            }
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Pods.Find(key) is not { Node: { } name } pod)
        {
            return;
        }

        IReadOnlyList<Taint> taints = nodes.Find(name)?.Taints ?? [];
        if (pod.IsTerminating)
        {
            CallOff(pod.Uid);
            if (taints.Any(each => each.Key == OutOfService) && taints.Any(each => each.Key == "node.kubernetes.io/unreachable"))
            {
                Collect(pod);
            }

            return;
        }

        bool isExecuted = taints.Any(each => each.Effect == "NoExecute");
        TimeSpan? stay = isExecuted ? Taint.Stay(taints, pod.Object.Spec) : null;
        if (stay is null)
        {
            if (CallOff(pod.Uid))
            {
                context.Events.Normal(Source, pod.Object, "TaintManagerEviction", $"Cancelling deletion of Pod {pod.Namespace}/{pod.Name}");
            }
        }
        else if (stay == TimeSpan.Zero)
        {
            Evict(key, pod.Uid);
        }
        else if (!_leaving.ContainsKey(pod.Uid))
        {
            string uid = pod.Uid;
            _leaving[uid] = context.Loop.After(stay.Value, $"{key} leaves its node", () => Evict(key, uid));
        }
    }

    private void ObserveNode(StoreEvent change)
    {
        string node = change.Object.Name;
        if (change.Type == StoreEventType.Deleted)
        {
            context.Loop.Later(Quarantine, $"the pods of node {node} are collected", () => CollectOrphans(node));
        }
        else if (change.Previous?.Spec.At("taints")?.GetRawText() != change.Object.Spec.At("taints")?.GetRawText())
        {
            foreach (PodFacts pod in context.Pods.OnNode(node))
            {
                context.Loop.Enqueue(this, pod.Key);
            }
        }
    }

    private bool CallOff(string uid)
    {
        bool isLeaving = _leaving.Remove(uid, out IDisposable? alarm);
        alarm?.Dispose();
        return isLeaving;
    }

    private void Evict(ObjectKey key, string uid)
    {
        _leaving.Remove(uid);
        if (context.Pods.Find(key) is not { IsTerminating: false } pod || pod.Uid != uid)
        {
            return;
        }

        context.Events.Normal(Source, pod.Object, "TaintManagerEviction", $"Marking for deletion Pod {pod.Namespace}/{pod.Name}");
        Mark(pod, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
        context.Delete(pod.Object);
    }

    private void CollectOrphans(string node)
    {
        if (nodes.Find(node) is null)
        {
            foreach (PodFacts pod in context.Pods.OnNode(node).ToList())
            {
                Mark(pod, "DeletionByPodGC", "PodGC: node no longer exists");
                Collect(pod);
            }
        }
    }

    private void Collect(PodFacts pod) => context.Delete(pod.Object, gracePeriodSeconds: 0);

    private void Mark(PodFacts pod, string reason, string message) => context.UpdateStatus(
        pod.Key, obj => Conditions.Set(obj, "DisruptionTarget", "True", reason, message, context.Now));
}
