using k8s;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Kafka;

/// <summary>Reads the layout of live clusters as a worker reaches them; it writes nothing.</summary>
public sealed class KafkaLayoutReader
{
    private readonly KubernetesClients _clients;
    private readonly IKafkaCluster _kafka;

    internal KafkaLayoutReader(KubernetesClients clients, IKafkaCluster kafka) => (_clients, _kafka) = (clients, kafka);

    /// <summary>Reads it.</summary>
    /// <param name="target">The cluster and the namespace.</param>
    /// <param name="name">The name of the <c>Kafka</c> resource.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UnknownClusterException">There is no such Kubernetes cluster.</exception>
    /// <exception cref="Orchestrator.Kubernetes.KubeconfigException">Its kubeconfig cannot be read.</exception>
    /// <exception cref="Secrets.SecretUnreadableException">A credential cannot be read.</exception>
    /// <exception cref="KafkaUnreadableException">Kafka does not answer.</exception>
    public async Task<KafkaLayout> ReadAsync(ChangeTarget target, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        (Cluster cluster, IKubernetes client) = _clients.Of(target);
        string @namespace = target.Namespace ?? cluster.DefaultNamespace;
        KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, @namespace, name, cancellationToken);
        return new(client, @namespace, await _kafka.ReadAsync(address, cancellationToken));
    }
}
