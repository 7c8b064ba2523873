using System.Text.Json.Nodes;
using Orchestrator.Lab.Cluster.Volumes;
using Orchestrator.Sandbox.Clusters;

namespace Orchestrator.Lab.Cluster.Manifests;

/// <summary>What a user of the operator would write for the lab's cluster, and the node that its operator's Deployment is on.</summary>
internal static class ClusterManifests
{
    public const string Namespace = "confluent";
    public const string Kafka = "kafka";
    public const string Controllers = "kraftcontroller";
    public const string OperatorNode = "lab-operator-node";

    // Few and small internal topics, quick groups, quick detection of a replica that fell behind: the tests wait for all of them.
    private static readonly string[] Quick =
    [
        "group.initial.rebalance.delay.ms=0",
        "replica.lag.time.max.ms=5000",
        "offsets.topic.num.partitions=8",
        "transaction.state.log.num.partitions=4",
    ];

    public static JsonObject RenderNamespace() => ConfluentManifests.Namespace(Namespace);

    public static JsonObject RenderControllers(LabClusterOptions options) => ConfluentManifests.Component(
        "KRaftController", Namespace, Controllers, options.Controllers, options.Version, VolumeProvisioner.StorageClass);

    public static JsonObject RenderKafka(LabClusterOptions options) => ConfluentManifests.Component(
        "Kafka", Namespace, Kafka, options.Brokers, options.Version, VolumeProvisioner.StorageClass, Quick).DependingOn(Controllers);

    /// <summary>A node without a node agent: kwok pretends that its pods run.</summary>
    public static JsonObject RenderOperatorNode() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject
        {
            ["name"] = OperatorNode,
            ["annotations"] = new JsonObject { ["kwok.x-k8s.io/node"] = "fake" },
            ["labels"] = new JsonObject { ["kubernetes.io/hostname"] = OperatorNode },
        },
        ["spec"] = new JsonObject
        {
            ["taints"] = new JsonArray(new JsonObject { ["key"] = "kwok.x-k8s.io/node", ["value"] = "fake", ["effect"] = "NoSchedule" }),
        },
    };

    public static JsonObject RenderOperatorDeployment() => ConfluentManifests.OperatorDeployment(Namespace, new JsonObject
    {
        ["nodeSelector"] = new JsonObject { ["kubernetes.io/hostname"] = OperatorNode },
        ["tolerations"] = new JsonArray(new JsonObject { ["key"] = "kwok.x-k8s.io/node", ["operator"] = "Exists" }),
    });
}
