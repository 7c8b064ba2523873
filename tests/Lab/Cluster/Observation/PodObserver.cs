using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;

namespace Orchestrator.Lab.Cluster.Observation;

/// <summary>Watches the pods of the cluster and keeps what happened to them, in order.</summary>
public sealed class PodObserver
{
    private readonly Lock _lock = new();
    private readonly List<PodDeletion> _deletions = [];
    private readonly Dictionary<string, bool> _ready = [];
    private readonly Dictionary<string, int> _mostUnavailable = [];

    /// <summary>
    /// The pods whose deletion was asked for since the last <see cref="Reset"/>, each once, in the order in which it was seen.
    /// </summary>
    public IReadOnlyList<PodDeletion> Deletions
    {
        get
        {
            lock (_lock)
            {
                return [.. _deletions];
            }
        }
    }

    /// <summary>
    /// How many pods of a component (<c>kafka</c>, <c>kraftcontroller</c>) were not ready together since the last <see cref="Reset"/>.
    /// </summary>
    public int MostUnavailable(string component)
    {
        lock (_lock)
        {
            return _mostUnavailable.GetValueOrDefault(component);
        }
    }

    /// <summary>Forgets what happened so far.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _deletions.Clear();
            _mostUnavailable.Clear();
        }
    }

    /// <summary>Whether the watch has told of this many pods of a component, all of them ready.</summary>
    internal bool HasSeenReady(string component, int count)
    {
        lock (_lock)
        {
            List<KeyValuePair<string, bool>> known = [.. _ready.Where(pod => ComponentOf(pod.Key) == component)];
            return known.Count == count && known.TrueForAll(pod => pod.Value);
        }
    }

    internal async Task RunAsync(IKubernetes kubernetes, string @namespace, CancellationToken cancellationToken)
    {
        WatchOptions endless = new() { MaxOutage = Timeout.InfiniteTimeSpan, LabelSelector = "platform.confluent.io/type" };
        await foreach (WatchEvent change in kubernetes.WatchAsync(ResourceType.Pods, @namespace, endless, cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark)
            {
                Take(change);
            }
        }
    }

    private void Take(WatchEvent change)
    {
        JsonObject pod = change.Object;
        bool goes = change.Type == WatchEventType.Deleted || pod.DeletedAt() is not null;
        lock (_lock)
        {
            if (goes && !_deletions.Exists(deletion => deletion.Uid == pod.Uid()))
            {
                _deletions.Add(new(pod.Name(), pod.Uid(), pod.Label("controller-revision-hash") ?? ""));
            }

            string component = ComponentOf(pod.Name());
            _ready[pod.Name()] = !goes && IsReady(pod);
            int unavailable = _ready.Count(known => ComponentOf(known.Key) == component && !known.Value);
            _mostUnavailable[component] = Math.Max(_mostUnavailable.GetValueOrDefault(component), unavailable);
        }
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? []).Any(
            condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");

    private static string ComponentOf(string pod) => pod[..pod.LastIndexOf('-')];
}
