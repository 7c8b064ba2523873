using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>One client for each cluster. Thread-safe.</summary>
internal sealed class KubernetesClients(Inventory inventory) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _clients = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>The cluster of a target, and its client.</summary>
    /// <exception cref="UnknownClusterException">There is no such cluster.</exception>
    /// <exception cref="KubeconfigException">Its kubeconfig cannot be read.</exception>
    public (Cluster Cluster, IKubernetes Client) Of(ChangeTarget target)
    {
        Cluster cluster = inventory.Find(target.Context);
        string fingerprint = cluster.Connection.Fingerprint();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_clients.TryGetValue(cluster.Name, out Entry? entry) || entry.Fingerprint != fingerprint)
            {
                // The kubeconfig has changed, as when a token was renewed or a cluster made anew. Others may still be using the old client:
                // it is not disposed of but forgotten, and its connections close for lack of use.
                entry = new(fingerprint, cluster.Connection.Open(TimeProvider.System));
                _clients[cluster.Name] = entry;
            }

            return (cluster, entry.Client);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (Entry entry in _clients.Values)
            {
                entry.Client.Dispose();
            }
        }
    }

    private sealed record Entry(string Fingerprint, IKubernetes Client);
}
