using k8s;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>
/// Whether a cluster is the one that is meant: asked of the cluster itself before every write, since names and addresses move.
/// </summary>
internal static class ClusterIdentity
{
    /// <summary>The namespace whose UID stands for its cluster.</summary>
    public const string Namespace = "kube-system";

    /// <summary>The UID of a cluster.</summary>
    /// <exception cref="ApiException">It could not be read.</exception>
    public static async Task<string> ReadAsync(IKubernetes client, CancellationToken cancellationToken) =>
        (await client.GetAsync(ResourceType.Namespaces, null, Namespace, cancellationToken)).Uid();

    /// <summary>Makes sure that a Kubernetes cluster is the one that is meant.</summary>
    /// <exception cref="ApplicationFailureException">It is another one.</exception>
    /// <exception cref="ApiException">It could not be read.</exception>
    public static async Task RequireAsync(Cluster cluster, IKubernetes client, string uid, CancellationToken cancellationToken)
    {
        string found = await ReadAsync(client, cancellationToken);
        if (found != uid)
        {
            throw Mismatch(
                $"The context {cluster.Options.KubeContext ?? cluster.Name} of cluster {cluster.Name} "
                + $"points to {cluster.Connection.Server}, "
                + $"whose UID is {found}; the change is for {uid}. Nothing was written there. Correct the kubeconfig.");
        }
    }

    /// <summary>Makes sure that a Kafka cluster is the one that is meant.</summary>
    /// <exception cref="ApplicationFailureException">It is another one.</exception>
    /// <exception cref="KafkaUnreadableException">It does not say.</exception>
    public static async Task RequireAsync(IKafkaCluster kafka, KafkaAddress address, string? id, CancellationToken cancellationToken)
    {
        string found = await kafka.ReadClusterIdAsync(address, cancellationToken);
        if (found != id)
        {
            throw Mismatch(
                $"The brokers at {address.BootstrapServers} belong to the Kafka cluster {found}; the change is for {id ?? "none"}. "
                + "Nothing was written there. Correct the bootstrap servers.");
        }
    }

    private static ApplicationFailureException Mismatch(string sentence) =>
        new(sentence, errorType: ReasonCodes.TargetMismatch, nonRetryable: true);
}
