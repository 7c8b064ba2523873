using System.Security.Cryptography;
using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>One client for each cluster. Thread-safe.</summary>
internal sealed class KubernetesClients(Inventory inventory, TimeProvider timeProvider) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _clients = new(StringComparer.Ordinal);
    private readonly List<KubernetesClient> _replaced = [];
    private bool _disposed;

    /// <summary>The cluster of a target, and its client.</summary>
    /// <exception cref="UnknownClusterException">There is no such cluster.</exception>
    /// <exception cref="KubeconfigException">Its kubeconfig cannot be read.</exception>
    public (Cluster Cluster, KubernetesClient Client) Of(ChangeTarget target)
    {
        Cluster cluster = inventory.Find(target.Context);
        string fingerprint = Fingerprint(cluster.Connection);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_clients.TryGetValue(cluster.Name, out Entry? entry))
            {
                if (entry.Fingerprint == fingerprint)
                {
                    return (cluster, entry.Client);
                }

                // The kubeconfig has changed, as when a cluster was made anew. Others may still be using the old client.
                _replaced.Add(entry.Client);
            }

            KubernetesClient client = new(cluster.Connection, timeProvider);
            _clients[cluster.Name] = new(fingerprint, client);
            return (cluster, client);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (KubernetesClient client in _clients.Values.Select(entry => entry.Client).Concat(_replaced))
            {
                client.Dispose();
            }
        }
    }

    // By content: every reading of a kubeconfig makes lists and maps of its own. Hashed, since it holds credentials.
    private static string Fingerprint(KubernetesClientOptions connection) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(connection with { OnCall = null })));

    private sealed record Entry(string Fingerprint, KubernetesClient Client);
}
