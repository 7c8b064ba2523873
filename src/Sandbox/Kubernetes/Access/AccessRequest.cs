namespace Orchestrator.Sandbox.Kubernetes.Access;

/// <summary>What somebody wants to do.</summary>
/// <param name="Verb">Such as <c>get</c>, <c>deletecollection</c>.</param>
/// <param name="Group">The group of the resource; empty for the core group.</param>
/// <param name="Resource">The resource, such as <c>pods</c>; empty where a path is asked for.</param>
internal sealed record AccessRequest(string Verb, string Group, string Resource)
{
    public string Subresource { get; init; } = "";

    public string? Namespace { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The path that is asked for, such as <c>/version</c>; null where a resource is.</summary>
    public string? Path { get; init; }

    /// <summary>The resource as rules name it, such as <c>pods/log</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}
