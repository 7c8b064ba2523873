using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>The resources that the operator serves.</summary>
public static class ConfluentResources
{
    /// <summary>Brokers: <c>kafkas.platform.confluent.io</c>.</summary>
    public static readonly ResourceType Kafkas = Of(ComponentKind.Kafka);

    /// <summary>Controllers: <c>kraftcontrollers.platform.confluent.io</c>.</summary>
    public static readonly ResourceType KRaftControllers = Of(ComponentKind.KRaftController);

    /// <summary>Connect workers: <c>connects.platform.confluent.io</c>.</summary>
    public static readonly ResourceType Connects = Of(ComponentKind.Connect);

    /// <summary>Schema Registry: <c>schemaregistries.platform.confluent.io</c>.</summary>
    public static readonly ResourceType SchemaRegistries = Of(ComponentKind.SchemaRegistry);

    internal static ResourceType Of(ComponentKind kind) => new(ComponentKind.Group, ComponentKind.Version, kind.Plural, Namespaced: true);
}
