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

    /// <summary>Where a real server stores it.</summary>
    internal string Path
    {
        get
        {
            // Custom kinds lie under their group; those of the server's own do not.
            bool isCustom = Resource.Group.Contains('.', StringComparison.Ordinal)
                && !Resource.Group.EndsWith(".k8s.io", StringComparison.Ordinal);
            string resource = isCustom ? $"{Resource.Group}/{Resource.Resource}" : Resource.Resource;
            return Namespace is null ? $"/registry/{resource}/{Name}" : $"/registry/{resource}/{Namespace}/{Name}";
        }
    }

    /// <summary>For messages: <c>pods kafka/kafka-0</c>, <c>nodes node-1</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Resource} {Name}" : $"{Resource} {Namespace}/{Name}";
}
