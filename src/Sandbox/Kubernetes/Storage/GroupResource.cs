using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>
/// What objects are stored under: a group (empty for the core group) and a plural name. The version is a matter of serving, not of storing.
/// </summary>
public readonly record struct GroupResource(string Group, string Resource)
{
    /// <summary>The group and the plural name of a type that a client would call by its version too.</summary>
    public static implicit operator GroupResource(ResourceType type) => FromResourceType(type);

    /// <summary>The group and the plural name of a type that a client would call by its version too.</summary>
    public static GroupResource FromResourceType(ResourceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new GroupResource(type.Group, type.Plural);
    }

    /// <summary>As the API server names it in errors: <c>pods</c>, <c>statefulsets.apps</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
