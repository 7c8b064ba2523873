using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Versions;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>
/// Makes a scenario of a live cluster. It reads and writes nothing; what may be a secret it does not look at: of the servers' configuration
/// it takes the lines that a cluster in the box goes by, and of the resources their sizes, versions and annotations.
/// </summary>
public static class ClusterSnapshot
{
    // The first repeats the whole resource. The second is the mark of the last change to it, a number that the locks of its own cluster
    // have given out: in a cluster that begins with no locks it would fence off every change.
    private static readonly string[] NotCopied = ["kubectl.kubernetes.io/last-applied-configuration", "orchestrator.internal/fence"];

    // What decides in the box how replicas and brokers go.
    private static readonly string[] Settings =
    [
        "min.insync.replicas", "default.replication.factor", "replica.lag.time.max.ms", "unclean.leader.election.enable",
        "auto.leader.rebalance.enable", "broker.session.timeout.ms", "controller.quorum.fetch.timeout.ms",
    ];

    /// <summary>Takes it.</summary>
    /// <param name="client">The Kubernetes cluster.</param>
    /// <param name="context">What it is called.</param>
    /// <param name="namespace">The namespace of the resources.</param>
    /// <param name="kafka">The name of the <c>Kafka</c> resource.</param>
    /// <param name="topics">What Kafka says of its topics.</param>
    /// <param name="clusterId">What Kafka says of its id; null: the controllers' resource says it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">A call failed, or one of the resources is not there.</exception>
    /// <exception cref="FormatException">A resource says something that no scenario has.</exception>
    public static async Task<ClusterScenario> TakeAsync(
        IKubernetes client,
        string context,
        string @namespace,
        string kafka,
        IReadOnlyList<TopicScenario> topics,
        string? clusterId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        Component brokers = new(
            ComponentKind.Kafka,
            await client.GetAsync(ConfluentResources.Kafkas, @namespace, kafka, cancellationToken).ConfigureAwait(false));
        JsonNode? reference = brokers.Spec["dependencies"]?["kRaftController"]?["clusterRef"];
        string controllersName = (string?)reference?["name"]
            ?? throw new FormatException($"Kafka {@namespace}/{kafka} names no KRaftController, and a cluster in the box has one.");
        Component controllers = new(
            ComponentKind.KRaftController,
            await client.GetAsync(
                ConfluentResources.KRaftControllers, (string?)reference!["namespace"] ?? @namespace, controllersName, cancellationToken)
                .ConfigureAwait(false));
        ResourceList nodes = await client.ListAsync(ResourceType.Nodes, null, null, cancellationToken).ConfigureAwait(false);
        KafkaScenario standard = new();
        ComponentScenario brokersResource = Of(brokers);
        return new ClusterScenario
        {
            Name = ClusterScenario.NameOf(context),
            Namespace = @namespace,
            KafkaName = kafka,
            ControllersName = controllersName,
            Nodes = Math.Max(1, nodes.Items.Count(node => node["spec"]?["unschedulable"]?.GetValue<bool>() != true)),
            OperatorVersion = (string?)brokers.Status?["operatorVersion"] ?? new ClusterScenario().OperatorVersion,
            Brokers = brokersResource,
            Controllers = Of(controllers),
            Kafka = standard with
            {
                ClusterId = clusterId ?? (string?)controllers.Spec["clusterID"] ?? (string?)controllers.Status?["clusterID"]
                    ?? standard.ClusterId,
                Version = Release(brokers.Image),
                Brokers = brokers.Replicas,
                BrokerIdOffset = brokers.NodeIdOffset,
                Controllers = controllers.Replicas,
                ControllerIdOffset = controllers.NodeIdOffset,
                BrokerSettings = Merged(standard.BrokerSettings, brokersResource.ServerSettings),
                Topics = topics,
            },
        };
    }

    private static ComponentScenario Of(Component component)
    {
        JsonNode? template = component.Spec["podTemplate"];
        ComponentScenario standard = new();
        return standard with
        {
            Annotations = Texts(component.Resource["metadata"]?["annotations"]),
            PodAnnotations = Texts(template?["annotations"]),
            Requests = template?["resources"]?["requests"] is JsonObject requests ? Texts(requests) : standard.Requests,
            VolumeCapacity = (string?)component.Spec["dataVolumeCapacity"] ?? standard.VolumeCapacity,
            ServerSettings = ServerSettings(component.Spec["configOverrides"]?["server"]),
        };
    }

    private static Dictionary<string, string> Texts(JsonNode? node) => (node as JsonObject ?? [])
        .Where(member => !NotCopied.Contains(member.Key) && member.Value is JsonValue)
        .ToDictionary(
            member => member.Key,
            member => member.Value!.GetValueKind() == JsonValueKind.String ? (string)member.Value! : member.Value.ToJsonString(),
            StringComparer.Ordinal);

    private static Dictionary<string, string> ServerSettings(JsonNode? lines) => (lines as JsonArray ?? [])
        .Select(line => ((string?)line ?? "").Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(parts => parts is [{ } name, _] && Settings.Contains(name))
        .GroupBy(parts => parts[0], StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.Last()[1], StringComparer.Ordinal);

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> then)
    {
        Dictionary<string, string> merged = new(first, StringComparer.Ordinal);
        foreach ((string name, string value) in then)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static string Release(string image) => PlatformVersion.OfImage(image)?.KafkaVersion
        ?? throw new FormatException($"Image {image} has no tag that says which release it is.");
}
