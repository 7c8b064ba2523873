using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Targets;

/// <summary>A Kubernetes cluster and the Kafka clusters in it.</summary>
public sealed class ClusterOptions
{
    /// <summary>Its context in the kubeconfig. Default: the cluster's name.</summary>
    public string? KubeContext { get; set; }

    /// <summary>The kubeconfig file. Default: the user's own (<c>KUBECONFIG</c>, else <c>~/.kube/config</c>).</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>
    /// The UID of its namespace <c>kube-system</c>: a kubeconfig whose context leads to another cluster is then refused.
    /// Default: not checked.
    /// </summary>
    public string? ClusterUid { get; set; }

    /// <summary>The namespace of changes that name none. Default: that of the context.</summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// The brokers to begin with, <c>host:port</c> with commas between; <c>{name}</c> and <c>{namespace}</c> stand for those of the
    /// <c>Kafka</c> resource. In the profile <c>laptop</c> also <c>sandbox://host:port</c>, a cluster in the box. Default: the variable
    /// <c>KAFKA_BOOTSTRAP_SERVERS</c>, else <c>{name}.{namespace}.svc:9071</c>.
    /// </summary>
    public string? KafkaBootstrapServers { get; set; }

    /// <summary>
    /// The ids of its Kafka clusters, by the name of the <c>Kafka</c> resource, or <c>namespace/name</c> where several have that name.
    /// Default: what the KRaftController says in <c>spec.clusterID</c>, else in <c>status.clusterID</c>.
    /// </summary>
    public Dictionary<string, string> KafkaClusterIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The port of the Jolokia agents on the pods' addresses. Default: 7777.</summary>
    public int JolokiaPort { get; set; } = 7777;

    /// <summary>How the agents are reached, and as whom. Default: plain HTTP, nobody.</summary>
    public JolokiaSecurityOptions JolokiaSecurity { get; set; } = new();

    /// <summary>Where its alerts are, and as whom they are read. Default: nowhere, which only the profile <c>laptop</c> allows.</summary>
    public AlertmanagerOptions Alertmanager { get; set; } = new();

    /// <summary>How the clients of its Kafka clusters prove who they are, and whom they trust. Default: plain text, nobody.</summary>
    public KafkaSecurityOptions KafkaSecurity { get; set; } = new();
}
