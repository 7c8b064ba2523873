using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Activities.Targets;

/// <summary>The clusters that changes can be aimed at.</summary>
internal sealed class Inventory(IOptions<InventoryOptions> options)
{
    private const string OwnCluster = "in-cluster";
    private const string BootstrapVariable = "KAFKA_BOOTSTRAP_SERVERS";
    private const string DefaultBootstrap = "{name}.{namespace}.svc:9071";

    /// <summary>A cluster, as its kubeconfig describes it now.</summary>
    /// <exception cref="UnknownClusterException">There is no such cluster.</exception>
    /// <exception cref="KubeconfigException">Its kubeconfig cannot be read.</exception>
    public Cluster Find(string name)
    {
        Dictionary<string, ClusterOptions> configured = options.Value.Clusters;
        bool isLaptop = options.Value.Profile == InventoryOptions.Laptop;
        if (configured.Count > 0)
        {
            return configured.TryGetValue(name, out ClusterOptions? cluster)
                ? new(
                    name,
                    Kubeconfig.Load(cluster.Kubeconfig, cluster.KubeContext ?? (name == OwnCluster ? null : name), isLaptop),
                    cluster)
                : throw new UnknownClusterException(name, NearNames.Of(name, configured.Keys));
        }

        IReadOnlyList<string> contexts = Kubeconfig.Contexts(null);
        return contexts.Contains(name) ? new(name, Kubeconfig.Load(null, name, isLaptop), new())
            : contexts.Count == 0 && name == OwnCluster ? new(name, Kubeconfig.Load(null, null, isLaptop), new())
            : throw new UnknownClusterException(name, NearNames.Of(name, contexts));
    }

    /// <summary>How the clients of a Kafka cluster reach it.</summary>
    public static KafkaAddress Kafka(Cluster cluster, string @namespace, string name)
    {
        string servers = cluster.Options.KafkaBootstrapServers ?? Environment.GetEnvironmentVariable(BootstrapVariable) ?? DefaultBootstrap;
        return new(servers.Replace("{name}", name, StringComparison.Ordinal).Replace("{namespace}", @namespace, StringComparison.Ordinal));
    }
}
