using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>One client for each cluster. Thread-safe.</summary>
internal sealed class KubernetesClients(Inventory inventory, TimeProvider timeProvider) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KubernetesClient> _clients = new(StringComparer.Ordinal);
    private readonly List<KubernetesClient> _replaced = [];
    private bool _disposed;

    /// <summary>The cluster of a target, and its client.</summary>
    /// <exception cref="UnknownClusterException">There is no such cluster.</exception>
    /// <exception cref="KubeconfigException">Its kubeconfig cannot be read.</exception>
    public (Cluster Cluster, KubernetesClient Client) Of(ChangeTarget target)
    {
        Cluster cluster = inventory.Find(target.Context);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_clients.TryGetValue(cluster.Name, out KubernetesClient? client))
            {
                if (client.Options == cluster.Connection)
                {
                    return (cluster, client);
                }

                // The kubeconfig has changed, as when a cluster was made anew. Others may still be using the old client.
                _replaced.Add(client);
            }

            return (cluster, _clients[cluster.Name] = new KubernetesClient(cluster.Connection, timeProvider));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (KubernetesClient client in _clients.Values.Concat(_replaced))
            {
                client.Dispose();
            }
        }
    }
}
