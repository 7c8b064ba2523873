namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>A right on the cluster that a change needs.</summary>
/// <param name="Verb">Such as <c>patch</c>.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Plural">The resource, such as <c>kafkas</c>.</param>
/// <param name="Subresource">A part of it, such as <c>eviction</c>.</param>
/// <param name="Namespace">The namespace; null for that of the target.</param>
public sealed record AccessRight(string Verb, string Group, string Plural, string? Subresource = null, string? Namespace = null)
{
    /// <summary><c>create pods/eviction</c>, <c>patch kafkas.platform.confluent.io</c>.</summary>
    public override string ToString() =>
        $"{Verb} {Plural}{(Group.Length == 0 ? "" : $".{Group}")}{(Subresource is null ? "" : $"/{Subresource}")}";
}
