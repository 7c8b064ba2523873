using System.Text.Json.Nodes;
using Orchestrator.Lab.Cluster.Volumes;

namespace Orchestrator.Lab.Cluster.Manifests;

/// <summary>The objects that a user of the operator would write, and the operator's own Deployment.</summary>
internal static class ClusterManifests
{
    public const string Namespace = "confluent";
    public const string Kafka = "kafka";
    public const string Controllers = "kraftcontroller";
    public const string OperatorNode = "lab-operator-node";

    public static JsonObject RenderNamespace() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = Namespace },
    };

    public static JsonObject RenderControllers(LabClusterOptions options) =>
        Component("KRaftController", Controllers, options.Controllers, options.Version, []);

    public static JsonObject RenderKafka(LabClusterOptions options)
    {
        // Few and small internal topics, quick groups, quick detection of a replica that fell behind: the tests wait for all of them.
        JsonObject kafka = Component("Kafka", Kafka, options.Brokers, options.Version,
        [
            "group.initial.rebalance.delay.ms=0",
            "replica.lag.time.max.ms=5000",
            "offsets.topic.num.partitions=8",
            "transaction.state.log.num.partitions=4",
        ]);
        kafka["spec"]!["dependencies"] = new JsonObject
        {
            ["kRaftController"] = new JsonObject { ["clusterRef"] = new JsonObject { ["name"] = Controllers } },
        };
        return kafka;
    }

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

    /// <summary>The Deployment that says that an operator is there; the operator itself runs in this process.</summary>
    public static JsonObject RenderOperatorDeployment()
    {
        JsonObject labels = new() { ["app"] = "confluent-operator", ["confluent-platform"] = "true", ["version"] = "0.1718.10" };
        return new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "confluent-operator", ["namespace"] = Namespace, ["labels"] = labels.DeepClone() },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "confluent-operator" } },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = labels },
                    ["spec"] = new JsonObject
                    {
                        ["nodeSelector"] = new JsonObject { ["kubernetes.io/hostname"] = OperatorNode },
                        ["tolerations"] = new JsonArray(new JsonObject { ["key"] = "kwok.x-k8s.io/node", ["operator"] = "Exists" }),
                        ["containers"] = new JsonArray(new JsonObject
                        {
                            ["name"] = "confluent-operator",
                            ["image"] = "confluentinc/confluent-operator:0.1718.10",
                            ["env"] = new JsonArray(new JsonObject { ["name"] = "NAMESPACED", ["value"] = "true" }),
                        }),
                    },
                },
            },
        };
    }

    private static JsonObject Component(string kind, string name, int replicas, string version, string[] serverOverrides) => new()
    {
        ["apiVersion"] = "platform.confluent.io/v1beta1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = Namespace },
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["dataVolumeCapacity"] = "10Gi",
            ["storageClass"] = new JsonObject { ["name"] = VolumeProvisioner.StorageClass },
            ["image"] = new JsonObject
            {
                ["application"] = $"confluentinc/cp-server:{version}",
                ["init"] = "confluentinc/confluent-init-container:3.3.0",
            },
            ["configOverrides"] = new JsonObject
            {
                ["server"] = new JsonArray([.. serverOverrides.Select(line => JsonValue.Create(line))]),
            },
            ["podTemplate"] = new JsonObject
            {
                ["terminationGracePeriodSeconds"] = 60,
                ["probe"] = new JsonObject
                {
                    ["liveness"] = new JsonObject { ["periodSeconds"] = 5, ["timeoutSeconds"] = 3, ["failureThreshold"] = 4 },
                },
                ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "500m", ["memory"] = "1Gi" } },
                ["topologySpreadConstraints"] = new JsonArray(new JsonObject
                {
                    ["maxSkew"] = 1,
                    ["topologyKey"] = "topology.kubernetes.io/zone",
                    ["whenUnsatisfiable"] = "ScheduleAnyway",
                    ["labelSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
                }),
            },
        },
    };
}
