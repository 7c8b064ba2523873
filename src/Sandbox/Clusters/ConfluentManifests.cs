using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>The objects that a user of the Confluent operator would write, and the operator's own Deployment.</summary>
public static class ConfluentManifests
{
    /// <summary>The build that the operator's Deployment carries as its label <c>version</c>, of CFK 3.3.0.</summary>
    private const string OperatorBuild = "0.1718.10";

    /// <summary>A namespace.</summary>
    public static JsonObject Namespace(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    };

    /// <summary>A <c>KRaftController</c> or <c>Kafka</c> resource with a volume, a disruption budget and zones to spread over.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="replicas">How many pods it has.</param>
    /// <param name="version">The tag of its image.</param>
    /// <param name="storageClass">The class of its volumes.</param>
    /// <param name="serverOverrides">Lines for the server's configuration.</param>
    public static JsonObject Component(
        string kind, string @namespace, string name, int replicas, string version, string storageClass, params string[] serverOverrides) =>
        new()
        {
            ["apiVersion"] = "platform.confluent.io/v1beta1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["dataVolumeCapacity"] = "10Gi",
                ["storageClass"] = new JsonObject { ["name"] = storageClass },
                ["image"] = new JsonObject
                {
                    ["application"] = $"confluentinc/cp-server:{version}",
                    ["init"] = "confluentinc/confluent-init-container:3.3.0",
                },
                ["configOverrides"] = new JsonObject
                {
                    ["server"] = new JsonArray([.. serverOverrides.Select(line => JsonValue.Create(line))]),
                },
                ["podTemplate"] = PodTemplate(name),
            },
        };

    /// <summary>Whether an annotation keeps the operator from its work, or from a part of it.</summary>
    public static bool Holds(string annotation) => annotation is ConfluentAnnotations.BlockReconcile
        or ConfluentAnnotations.MaintenanceMode or ConfluentAnnotations.RollPrecheck;

    /// <summary>Has a resource say what a scenario has it say, but for annotations that keep the operator from its work.</summary>
    public static JsonObject As(this JsonObject component, ComponentScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(scenario);
        component["metadata"]!["annotations"] = Texts(scenario.Annotations.Where(row => !Holds(row.Key)));
        component["spec"]!["dataVolumeCapacity"] = scenario.VolumeCapacity;
        JsonNode template = component["spec"]!["podTemplate"]!;
        template["annotations"] = Texts(scenario.PodAnnotations);
        template["resources"] = new JsonObject { ["requests"] = Texts(scenario.Requests) };
        return component;
    }

    /// <summary>Has a <c>Kafka</c> resource depend on its controllers.</summary>
    public static JsonObject DependingOn(this JsonObject kafka, string controllers)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        kafka["spec"]!["dependencies"] = new JsonObject
        {
            ["kRaftController"] = new JsonObject { ["clusterRef"] = new JsonObject { ["name"] = controllers } },
        };
        return kafka;
    }

    /// <summary>The Deployment that says that an operator is there; the operator itself runs in this process.</summary>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="place">
    /// What its pods' specification says of where they run, such as <c>nodeSelector</c> and <c>tolerations</c>. Default: nothing.
    /// </param>
    public static JsonObject OperatorDeployment(string @namespace, JsonObject? place = null)
    {
        JsonObject labels = new() { ["app"] = "confluent-operator", ["confluent-platform"] = "true", ["version"] = OperatorBuild };
        JsonObject pods = place?.DeepClone().AsObject() ?? [];
        pods["containers"] = new JsonArray(new JsonObject
        {
            ["name"] = "confluent-operator",
            ["image"] = $"confluentinc/confluent-operator:{OperatorBuild}",
            ["env"] = new JsonArray(new JsonObject { ["name"] = "NAMESPACED", ["value"] = "true" }),
        });
        return new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = new JsonObject { ["name"] = "confluent-operator", ["namespace"] = @namespace, ["labels"] = labels.DeepClone() },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "confluent-operator" } },
                ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels }, ["spec"] = pods },
            },
        };
    }

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> rows) =>
        new(rows.Select(row => KeyValuePair.Create(row.Key, (JsonNode?)row.Value)));

    private static JsonObject PodTemplate(string name) => new()
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
    };
}
