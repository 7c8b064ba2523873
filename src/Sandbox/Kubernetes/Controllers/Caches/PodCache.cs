using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>The pods as the controllers have read them so far: by name, by who manages them, by node and by label.</summary>
internal sealed class PodCache
{
    /// <summary>What it reads.</summary>
    public static readonly GroupResource Resource = ResourceType.Pods;

    private readonly Dictionary<ObjectKey, PodFacts> _all = [];
    private readonly Buckets<string> _controlled = new();
    private readonly Buckets<string> _orphans = new();
    private readonly Buckets<string> _onNode = new();
    private readonly Buckets<string> _inNamespace = new();
    private readonly Buckets<(string Namespace, string Label, string Value)> _labelled = new();

    /// <summary>All pods.</summary>
    public IReadOnlyCollection<PodFacts> All => _all.Values;

    /// <summary>A pod; null where it is not there.</summary>
    public PodFacts? Find(ObjectKey key) => _all.GetValueOrDefault(key);

    /// <summary>A pod; null where it is not there.</summary>
    public PodFacts? Find(string @namespace, string name) => Find(new ObjectKey(Resource, @namespace, name));

    /// <summary>The pods that a controller manages.</summary>
    public IReadOnlyCollection<PodFacts> ControlledBy(string uid) => _controlled[uid];

    /// <summary>The pods of a namespace that nobody manages.</summary>
    public IReadOnlyCollection<PodFacts> Orphans(string @namespace) => _orphans[@namespace];

    /// <summary>The pods that are bound to a node.</summary>
    public IReadOnlyCollection<PodFacts> OnNode(string node) => _onNode[node];

    /// <summary>The pods of a namespace.</summary>
    public IReadOnlyCollection<PodFacts> In(string @namespace) => _inNamespace[@namespace];

    /// <summary>The pods of a namespace that a selector chooses; looks only at those with its rarest label.</summary>
    public IEnumerable<PodFacts> Select(string @namespace, LabelSelector selector)
    {
        IReadOnlyCollection<PodFacts> candidates = In(@namespace);
        foreach ((string label, string value) in selector.Exact)
        {
            IReadOnlyCollection<PodFacts> labelled = _labelled[(@namespace, label, value)];
            candidates = labelled.Count < candidates.Count ? labelled : candidates;
        }

        return candidates.Where(pod => selector.Matches(pod.Labels));
    }

    /// <summary>Takes in a change of a pod.</summary>
    public void Observe(StoreEvent change)
    {
        if (_all.Remove(change.Object.Key, out PodFacts? before))
        {
            Place(before, (buckets, at) => buckets.Remove(at, before), at => _labelled.Remove(at, before));
        }

        if (change.Type != StoreEventType.Deleted)
        {
            Add(change.Object);
        }
    }

    /// <summary>Takes in a pod that was there from the start.</summary>
    public void Add(StoredObject obj)
    {
        PodFacts pod = new(obj);
        _all[obj.Key] = pod;
        Place(pod, (buckets, at) => buckets.Add(at, pod), at => _labelled.Add(at, pod));
    }

    private void Place(PodFacts pod, Action<Buckets<string>, string> place, Action<(string, string, string)> label)
    {
        place(_inNamespace, pod.Namespace);
        if (pod.Controller is { } controller)
        {
            place(_controlled, controller.Uid);
        }
        else
        {
            place(_orphans, pod.Namespace);
        }

        if (pod.Node is { } node)
        {
            place(_onNode, node);
        }

        foreach ((string name, string value) in pod.Labels)
        {
            label((pod.Namespace, name, value));
        }
    }

    private sealed class Buckets<TKey>
        where TKey : notnull
    {
        private readonly Dictionary<TKey, Dictionary<ObjectKey, PodFacts>> _buckets = [];

        public IReadOnlyCollection<PodFacts> this[TKey at] =>
            _buckets.TryGetValue(at, out Dictionary<ObjectKey, PodFacts>? found) ? found.Values : [];

        public void Add(TKey at, PodFacts pod)
        {
            if (!_buckets.TryGetValue(at, out Dictionary<ObjectKey, PodFacts>? found))
            {
                _buckets[at] = found = [];
            }

            found[pod.Key] = pod;
        }

        public void Remove(TKey at, PodFacts pod)
        {
            if (_buckets.TryGetValue(at, out Dictionary<ObjectKey, PodFacts>? found) && found.Remove(pod.Key) && found.Count == 0)
            {
                _buckets.Remove(at);
            }
        }
    }
}
