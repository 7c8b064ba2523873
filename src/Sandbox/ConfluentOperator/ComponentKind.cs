namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>A kind that the operator runs as a StatefulSet, with the constants that differ between the two.</summary>
internal sealed record ComponentKind
{
    /// <summary>Brokers.</summary>
    public static readonly ComponentKind Kafka = new()
    {
        Kind = "Kafka",
        Plural = "kafkas",
        Type = "kafka",
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
        NodeIdOffset = 9990,
        ListenerName = "CONTROLLER",
        ListenerPort = 9074,
    };

    /// <summary>API group of both kinds.</summary>
    public const string Group = "platform.confluent.io";

    /// <summary>API version of both kinds.</summary>
    public const string Version = "v1beta1";

    /// <summary>The port of a pod's Jolokia agent.</summary>
    public const int JolokiaPort = 7777;

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    /// <summary>Value of the labels <c>type</c> and <c>platform.confluent.io/type</c>, and the name of the pods' container.</summary>
    public required string Type { get; init; }

    /// <summary>The node id of the pod with ordinal 0.</summary>
    public required int NodeIdOffset { get; init; }

    public required string ListenerName { get; init; }

    public required int ListenerPort { get; init; }
}
