using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>Names one object: its resource, its namespace (null for objects of the cluster), its name.</summary>
public readonly record struct ObjectKey(GroupResource Resource, string? Namespace, string Name)
{
    /// <summary>Names an object by the type that a client would use.</summary>
    public ObjectKey(ResourceType type, string? @namespace, string name)
        : this(GroupResource.FromResourceType(type), @namespace, name)
    {
    }

    /// <summary>For messages: <c>pods kafka/kafka-0</c>, <c>nodes node-1</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Resource} {Name}" : $"{Resource} {Namespace}/{Name}";
}
