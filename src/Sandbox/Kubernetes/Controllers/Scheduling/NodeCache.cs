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

    /// <summary>The nodes by name.</summary>
    public IReadOnlyCollection<NodeFacts> All => _nodes.Values;

    /// <summary>A node; null where it is not there.</summary>
    public NodeFacts? Find(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>Takes in a change of a node or of a pod.</summary>
    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == Resource)
        {
            ObserveNode(change);
        }
        else if (change.Object.Key.Resource == PodCache.Resource)
        {
            Account(change.Previous, isTaken: false);
            Account(change.Type == StoreEventType.Deleted ? null : change.Object, isTaken: true);
        }
    }

    private void ObserveNode(StoreEvent change)
    {
        if (change.Type == StoreEventType.Deleted)
        {
            _nodes.Remove(change.Object.Name);
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
