using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>
/// The configuration that all pods of a component share, as a ConfigMap. What differs by pod (node id, rack, addresses, directories) is
/// added on the pod's node when it starts, as the operator's init container does it.
/// </summary>
internal static class SharedConfig
{
    public const string JvmKey = "jvm.config";

    public static string Name(Component component) => $"{component.Name}-shared-config";

    public static JsonObject Render(Component component, Component? controllers) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = OwnedMetadata.Render(component, Name(component)),
        ["data"] = Data(component, controllers),
    };

    /// <summary>What a pod's template records of the configuration, so that pods of another one are outdated.</summary>
    public static string Checksum(Component component, Component? controllers) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data(component, controllers).ToJsonString())));

    /// <summary>How many replicas a topic gets that does not say it.</summary>
    public static int ReplicationFactor(Component component) => Math.Min(3, component.Replicas);

    /// <summary>How many in-sync replicas a topic needs that does not say it.</summary>
    public static int MinInSyncReplicas(Component component) => Math.Max(1, ReplicationFactor(component) - 1);

    private static JsonObject Data(Component component, Component? controllers) => new()
    {
        [component.Kind.PropertiesFile] = Lines([.. Properties(component, controllers), .. Overrides(component, "server")]),
        [JvmKey] = Lines(Overrides(component, "jvm")),
    };

    private static string[] Properties(Component component, Component? controllers) => component.Kind.Kind switch
    {
        "Connect" => ConnectProperties(component),
        "SchemaRegistry" => SchemaRegistryProperties(component),
        _ => KafkaProperties(component, controllers!),
    };

    private static string[] ConnectProperties(Component component)
    {
        string group = component.ConnectGroup;
        return
        [
            $"bootstrap.servers={component.BootstrapEndpoint}",
            $"group.id={group}",
            $"listeners=http://0.0.0.0:{component.Kind.ListenerPort}",
            $"config.storage.topic=confluent.{group}-configs",
            $"offset.storage.topic=confluent.{group}-offsets",
            $"status.storage.topic=confluent.{group}-status",
            "config.storage.replication.factor=3",
            "offset.storage.replication.factor=3",
            "status.storage.replication.factor=3",
            "key.converter=org.apache.kafka.connect.json.JsonConverter",
            "value.converter=org.apache.kafka.connect.json.JsonConverter",
        ];
    }

    private static string[] SchemaRegistryProperties(Component component) =>
    [
        $"kafkastore.bootstrap.servers={component.BootstrapEndpoint}",
        $"kafkastore.topic=_schemas_{component.Name}_{component.Namespace}",
        "kafkastore.topic.replication.factor=3",
        $"schema.registry.group.id=id_{component.Name}_{component.Namespace}",
        $"listeners=http://0.0.0.0:{component.Kind.ListenerPort}",
        "inter.instance.protocol=http",
    ];

    private static string[] KafkaProperties(Component component, Component controllers)
    {
        string voters = string.Join(',', controllers.Voters.Select(voter => $"{voter.NodeId}@{voter.Endpoint}"));
        string[] shared =
        [
            $"controller.quorum.voters={voters}",
            "controller.listener.names=CONTROLLER",
            $"listeners={component.Kind.ListenerName}://:{component.Kind.ListenerPort}",
            "log.dirs=/mnt/data/data0/logs",
        ];
        return component.Kind == ComponentKind.KRaftController
            ? ["process.roles=controller", .. shared, "min.insync.replicas=2"]
            : ["process.roles=broker", .. shared, .. BrokerProperties(component)];
    }

    private static string[] BrokerProperties(Component component)
    {
        int replicas = ReplicationFactor(component);
        int minInSync = MinInSyncReplicas(component);
        return
        [
            "listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name=INTERNAL",
            "controlled.shutdown.enable=true",
            $"default.replication.factor={replicas}",
            $"min.insync.replicas={minInSync}",
            $"offsets.topic.replication.factor={replicas}",
            $"transaction.state.log.replication.factor={replicas}",
            $"transaction.state.log.min.isr={minInSync}",
        ];
    }

    private static IEnumerable<string> Overrides(Component component, string file) =>
        component.Spec["configOverrides"]?[file] is JsonArray lines ? lines.Select(line => (string)line!) : [];

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
