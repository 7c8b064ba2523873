using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Resources;

/// <summary>A resource as one version serves it.</summary>
internal sealed record ResourceDefinition(string Group, string Version, string Plural, string Kind, bool IsNamespaced)
{
    private readonly Lazy<Schema> _schema = new(() => ServerSchemas.Find(Group, Version, Kind));

    /// <summary>What its objects are stored under.</summary>
    public GroupResource Key => new(Group, Plural);

    /// <summary>Value of <c>apiVersion</c> in its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The name of one, in lower case.</summary>
    public string Singular { get; init; } = Kind.ToLowerInvariant();

    /// <summary>Value of <c>kind</c> in a list of them.</summary>
    public string ListKind { get; init; } = $"{Kind}List";

    /// <summary>Abbreviations that kubectl understands.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Names of groups of resources that kubectl understands, such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What can be done to it.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = [];

    /// <summary>The subresources by name, and the kind that each speaks.</summary>
    public IReadOnlyDictionary<string, SubresourceKind> Subresources { get; init; } =
        new Dictionary<string, SubresourceKind>(StringComparer.Ordinal);

    /// <summary>Of a custom kind, what its definition says; null for a kind of the server's own.</summary>
    public CustomResource? Custom { get; init; }

    /// <summary>What its objects look like.</summary>
    public Schema Schema => Custom?.Schema ?? _schema.Value;

    /// <summary>Whether the status is written apart from the rest.</summary>
    public bool HasStatus => Subresources.ContainsKey("status");

    /// <summary>What can be done to a subresource.</summary>
    public static IReadOnlyList<string> SubresourceVerbs(string subresource) => subresource switch
    {
        "status" or "scale" or "ephemeralcontainers" or "resize" or "approval" => ["get", "patch", "update"],
        "log" => ["get"],
        "finalize" => ["update"],
        "exec" or "attach" or "portforward" => ["create", "get"],
        "proxy" => ["create", "delete", "get", "patch", "update"],
        _ => ["create"],
    };

    /// <summary>As a client of ours calls it.</summary>
    public ResourceType Type => new(Group, Version, Plural, IsNamespaced);

    /// <summary>As errors of validation name a kind: <c>ConfigMap</c>, <c>StatefulSet.apps</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
