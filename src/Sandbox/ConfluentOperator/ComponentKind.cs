namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>A kind that the operator runs as a StatefulSet, with the constants that differ between them.</summary>
internal sealed record ComponentKind
{
    /// <summary>Brokers.</summary>
    public static readonly ComponentKind Kafka = new()
    {
        Kind = "Kafka",
        Plural = "kafkas",
        Type = "kafka",
        PropertiesFile = "kafka.properties",
        KeepsData = true,
        NodeIdOffset = 0,
        ListenerName = "INTERNAL",
        ListenerPort = 9071,
    };

    /// <summary>Controllers of the metadata quorum.</summary>
    public static readonly ComponentKind KRaftController = new()
    {
        Kind = "KRaftController",
        Plural = "kraftcontrollers",
        Type = "kraftcontroller",
        PropertiesFile = "kafka.properties",
        KeepsData = true,
        NodeIdOffset = 9990,
        ListenerName = "CONTROLLER",
        ListenerPort = 9074,
    };

    /// <summary>Workers of Kafka Connect.</summary>
    public static readonly ComponentKind Connect = new()
    {
        Kind = "Connect",
        Plural = "connects",
        Type = "connect",
        PropertiesFile = "connect.properties",
        ListenerName = "REST",
        ListenerPort = 8083,
    };

    /// <summary>Schema Registry.</summary>
    public static readonly ComponentKind SchemaRegistry = new()
    {
        Kind = "SchemaRegistry",
        Plural = "schemaregistries",
        Type = "schemaregistry",
        PropertiesFile = "schema-registry.properties",
        ListenerName = "REST",
        ListenerPort = 8081,
    };

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<ComponentKind> All = [Kafka, KRaftController, Connect, SchemaRegistry];

    /// <summary>API group of all kinds.</summary>
    public const string Group = "platform.confluent.io";

    /// <summary>API version of all kinds.</summary>
    public const string Version = "v1beta1";

    /// <summary>The port of a pod's Jolokia agent.</summary>
    public const int JolokiaPort = 7777;

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    /// <summary>Value of the labels <c>type</c> and <c>platform.confluent.io/type</c>, and the name of the pods' container.</summary>
    public required string Type { get; init; }

    /// <summary>Name of the main configuration file.</summary>
    public required string PropertiesFile { get; init; }

    /// <summary>
    /// Whether its pods hold data: brokers and controllers. The operator rolls those itself; pods of other kinds hold nothing, and the
    /// StatefulSet replaces them.
    /// </summary>
    public bool KeepsData { get; init; }

    /// <summary>The node id of the pod with ordinal 0; only where it keeps data.</summary>
    public int NodeIdOffset { get; init; }

    public required string ListenerName { get; init; }

    public required int ListenerPort { get; init; }
}
