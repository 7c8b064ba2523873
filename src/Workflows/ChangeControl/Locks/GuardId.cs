using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>
/// The ids of guards, and what derives from them. Guards form a tree: cluster, namespace, object;
/// beside it stands the guard of a Kafka cluster. Each is keyed by what the thing is, never by what an inventory or a kubeconfig calls it.
/// </summary>
public static class GuardId
{
    /// <summary>The namespace of the target that holds the fencing tokens.</summary>
    public const string FenceNamespace = "orchestrator-system";

    /// <summary>The annotation on the Lease that holds the fencing token.</summary>
    public const string EpochAnnotation = "orchestrator.internal/epoch";

    /// <summary>The annotation on changed objects: <c>guard8=epoch</c> of the most specific guard.</summary>
    public const string FenceAnnotation = "orchestrator.internal/fence";

    /// <summary>The annotation on the Lease with the guard's id.</summary>
    public const string GuardAnnotation = "orchestrator.internal/guard";

    /// <summary>The annotation on the Lease with the inventory's names of the clusters that the change touches.</summary>
    public const string PlacesAnnotation = "orchestrator.internal/places";

    /// <summary>The annotation on the Lease with the workflow that holds the lock; empty where nobody does.</summary>
    public const string WorkflowAnnotation = "orchestrator.internal/workflow-id";

    /// <summary>The annotation on the Lease with the run of that workflow.</summary>
    public const string RunAnnotation = "orchestrator.internal/run-id";

    /// <summary>The annotation on the Lease with the name of the installation whose guard wrote it; without it, any may.</summary>
    public const string InstallationAnnotation = "orchestrator.internal/installation";

    private const int ShortLength = 8;
    private const string Cluster = "cluster";
    private const string KafkaCluster = "kafka";

    /// <summary>The guard of a whole cluster: <c>cluster/uid</c>.</summary>
    /// <param name="clusterUid">UID of its namespace <c>kube-system</c>: the same whatever the inventory calls it.</param>
    public static string OfCluster(string clusterUid) => $"{Cluster}/{clusterUid}";

    /// <summary>The guard of a namespace: <c>cluster/uid/namespace</c>.</summary>
    public static string OfNamespace(string clusterUid, string @namespace) => $"{OfCluster(clusterUid)}/{@namespace}";

    /// <summary>The guard of an object: <c>cluster/uid/namespace/name</c>.</summary>
    public static string OfObject(string clusterUid, string @namespace, string name) => $"{OfNamespace(clusterUid, @namespace)}/{name}";

    /// <summary>The guard of a Kafka cluster, whichever Kubernetes clusters its nodes are on: <c>kafka/id</c>.</summary>
    public static string OfKafka(string kafkaClusterId) => $"{KafkaCluster}/{kafkaClusterId}";

    /// <summary>Whether a guard is one of a cluster or of something in it; that of a Kafka cluster is one of every cluster.</summary>
    public static bool IsOf(string guard, string clusterUid) =>
        guard == OfCluster(clusterUid)
        || guard.StartsWith($"{OfCluster(clusterUid)}/", StringComparison.Ordinal)
        || guard.StartsWith($"{KafkaCluster}/", StringComparison.Ordinal);

    /// <summary>Eight hex digits that stand for a guard where its id does not fit.</summary>
    public static string Short(string guard) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(guard)))[..ShortLength];

    /// <summary>The Lease, in <see cref="FenceNamespace"/>, that holds a guard's fencing token.</summary>
    public static string LeaseName(string guard) => $"change-fence-{Short(guard)}";
}
