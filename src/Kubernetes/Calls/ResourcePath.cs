namespace Orchestrator.Kubernetes;

/// <summary>The path of an API server's URL that addresses an object or a collection.</summary>
internal sealed record ResourcePath(string Group, string? Namespace, string Plural, string? Name, string? Subresource)
{
    /// <summary>Reads <c>/api/v1/…</c> and <c>/apis/GROUP/VERSION/…</c>; null for anything else.</summary>
    public static ResourcePath? Parse(string path)
    {
        string[] parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return parts switch
        {
            ["api", _, .. var rest] => Parse("", rest),
            ["apis", var group, _, .. var rest] => Parse(group, rest),
            _ => null,
        };
    }

    /// <summary>"pods kafka/kafka-0", "pods/eviction kafka/kafka-0", "kafkas.platform.confluent.io in confluent", "nodes".</summary>
    public override string ToString()
    {
        string type = Plural + (Subresource is null ? "" : $"/{Subresource}") + (Group.Length == 0 ? "" : $".{Group}");
        return (Namespace, Name) switch
        {
            (null, null) => type,
            (null, not null) => $"{type} {Name}",
            (not null, null) => $"{type} in {Namespace}",
            _ => $"{type} {Namespace}/{Name}",
        };
    }

    // A namespace is an object of the cluster, and the beginning of the address of what lives in it.
    private static ResourcePath? Parse(string group, string[] parts) => parts switch
    {
        ["namespaces", var name, "status" or "finalize"] => new(group, null, "namespaces", name, parts[2]),
        ["namespaces", var @namespace, var plural, .. var rest] => new(group, @namespace, plural, At(rest, 0), At(rest, 1)),
        [var plural, .. var rest] => new(group, null, plural, At(rest, 0), At(rest, 1)),
        _ => null,
    };

    private static string? At(string[] parts, int index) => index < parts.Length ? parts[index] : null;
}
