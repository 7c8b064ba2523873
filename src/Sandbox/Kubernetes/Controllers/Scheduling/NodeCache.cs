using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>The nodes as they have been read so far, with what is taken of each.</summary>
internal sealed class NodeCache(PodCache pods)
{
    /// <summary>What it reads.</summary>
    public static readonly GroupResource Resource = ResourceType.Nodes;

    private readonly SortedDictionary<string, NodeFacts> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, (string Node, StoredObject Pod)> _promised = [];

    /// <summary>The nodes by name.</summary>
    public IReadOnlyCollection<NodeFacts> All => _nodes.Values;

    /// <summary>A node; null where it is not there.</summary>
    public NodeFacts? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The node of a pod: the one that it is bound to, or the one that is promised to it; null where it has neither.</summary>
    public string? NodeOf(PodFacts pod) => pod.Node ?? (_promised.TryGetValue(pod.Key, out (string Node, StoredObject Pod) promise)
        && promise.Pod.Uid == pod.Uid ? promise.Node : null);

    /// <summary>Promises a node to a pod whose volumes have yet to be made there: it takes its place from now on.</summary>
    public void Promise(PodFacts pod, NodeFacts node)
    {
        Forget(pod.Key);
        _promised[pod.Key] = (node.Name, pod.Object);
        node.Taken = node.Taken.Add(Resources.OfPod(pod.Object.Spec));
    }

    /// <summary>Takes a promise back, if there is one.</summary>
    public void Forget(ObjectKey pod)
    {
        if (_promised.Remove(pod, out (string Node, StoredObject Pod) promise) && Find(promise.Node) is { } node)
        {
            node.Taken = node.Taken.Subtract(Resources.OfPod(promise.Pod.Spec));
        }
    }

    /// <summary>Takes in a change of a node or of a pod.</summary>
    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == Resource)
        {
            ObserveNode(change);
        }
        else if (change.Object.Key.Resource == PodCache.Resource)
        {
            if (change.Type == StoreEventType.Deleted || change.Object.Spec.Text("nodeName") is not null)
            {
                Forget(change.Object.Key);
            }

            Account(change.Previous, isTaken: false);
            Account(change.Type == StoreEventType.Deleted ? null : change.Object, isTaken: true);
        }
    }

    private void ObserveNode(StoreEvent change)
    {
        if (change.Type == StoreEventType.Deleted)
        {
            _nodes.Remove(change.Object.Name);
            foreach (ObjectKey pod in _promised.Where(each => each.Value.Node == change.Object.Name).Select(each => each.Key).ToList())
            {
                _promised.Remove(pod);
            }

            return;
        }

        NodeFacts node = new(change.Object);
        node.Taken = Find(node.Name)?.Taken ?? pods.OnNode(node.Name).Where(pod => !pod.HasEnded)
            .Aggregate(default(Resources), (sum, pod) => sum.Add(Resources.OfPod(pod.Object.Spec)));
        _nodes[node.Name] = node;
    }

    private void Account(StoredObject? pod, bool isTaken)
    {
        if (pod is null || pod.Status.Text("phase") is "Succeeded" or "Failed"
            || pod.Spec.Text("nodeName") is not { } name || Find(name) is not { } node)
        {
            return;
        }

        Resources asked = Resources.OfPod(pod.Spec);
        node.Taken = isTaken ? node.Taken.Add(asked) : node.Taken.Subtract(asked);
    }
}
