using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>One object of the Kubernetes API.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">Version of the group.</param>
/// <param name="Plural">The resource, such as <c>kafkas</c>.</param>
/// <param name="Namespace">Its namespace; null for cluster-wide objects.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its UID, where only that very object is meant.</param>
public sealed record ObjectReference(string Group, string Version, string Plural, string? Namespace, string Name, string? Uid = null)
{
    /// <summary>The resource's full name, such as <c>kafkas.platform.confluent.io</c>.</summary>
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The object in the words of a plan.</summary>
    public PlanObject Planned() => new("kubernetes", Resource, Namespace, Name, Uid);

    /// <summary><c>resource namespace/name</c>.</summary>
    public override string ToString() => Namespace is null ? $"{Resource} {Name}" : $"{Resource} {Namespace}/{Name}";
}
