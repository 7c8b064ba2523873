using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Resources;

/// <summary>Every resource that is served: those of the API server itself, and those of the definitions in the store.</summary>
internal sealed class ResourceCatalogue
{
    private readonly Dictionary<(string Group, string Version, string Plural), ResourceDefinition> _builtIn;
    private volatile Dictionary<(string Group, string Version, string Plural), ResourceDefinition> _custom = [];

    /// <summary>Reads what the API server has by itself.</summary>
    public ResourceCatalogue()
    {
        JsonElement discovery = JsonDocument.Parse(ServerDocuments.Read(ServerDocuments.Discovery)).RootElement;
        BuiltIn = [.. discovery.GetProperty("items").EnumerateArray()];
        _builtIn = BuiltIn.SelectMany(Read).ToDictionary(each => (each.Group, each.Version, each.Plural));
    }

    /// <summary>The groups of the API server itself, as aggregated discovery describes them.</summary>
    public IReadOnlyList<JsonElement> BuiltIn { get; }

    /// <summary>The custom resources, in the order of their definitions.</summary>
    public IEnumerable<ResourceDefinition> Custom => _custom.Values;

    /// <summary>Every resource.</summary>
    public IEnumerable<ResourceDefinition> All => _builtIn.Values.Concat(_custom.Values);

    /// <summary>Whether the API server itself serves a version of a group.</summary>
    public bool IsBuiltIn(string group, string version) =>
        _builtIn.Values.Any(each => each.Group == group && each.Version == version);

    /// <summary>A resource; null where it is not served.</summary>
    public ResourceDefinition? Find(string group, string version, string plural) =>
        _builtIn.GetValueOrDefault((group, version, plural)) ?? _custom.GetValueOrDefault((group, version, plural));

    /// <summary>A resource by any of its versions; null where it is not served.</summary>
    public ResourceDefinition? Find(GroupResource resource) => All.FirstOrDefault(each => each.Key == resource);

    /// <summary>A resource by what its objects say of themselves; null where it is not served.</summary>
    public ResourceDefinition? OfKind(string apiVersion, string kind) =>
        All.FirstOrDefault(each => each.ApiVersion == apiVersion && each.Kind == kind && each.Verbs.Contains("get"));

    /// <summary>A resource.</summary>
    /// <exception cref="StatusException">It is not served.</exception>
    public ResourceDefinition Get(ResourceType type) =>
        Find(type.Group, type.Version, type.Plural) ?? throw StatusException.NoSuchResource();

    /// <summary>Serves what the definitions say, and nothing else.</summary>
    public void Define(IEnumerable<StoredObject> definitions)
    {
        Dictionary<(string, string, string), ResourceDefinition> custom = [];
        foreach (ResourceDefinition resource in definitions.SelectMany(CustomDefinitions.Read))
        {
            custom.TryAdd((resource.Group, resource.Version, resource.Plural), resource);
        }

        _custom = custom;
    }

    private static IEnumerable<ResourceDefinition> Read(JsonElement group)
    {
        string name = group.GetProperty("metadata").TryGetProperty("name", out JsonElement given) ? given.GetString()! : "";
        foreach (JsonElement version in group.GetProperty("versions").EnumerateArray())
        {
            foreach (JsonElement resource in version.GetProperty("resources").EnumerateArray())
            {
                yield return new ResourceDefinition(
                    name,
                    version.GetProperty("version").GetString()!,
                    resource.GetProperty("resource").GetString()!,
                    resource.GetProperty("responseKind").GetProperty("kind").GetString()!,
                    resource.GetProperty("scope").GetString() == "Namespaced")
                {
                    Singular = resource.TryGetProperty("singularResource", out JsonElement singular) ? singular.GetString()! : "",
                    ShortNames = Strings(resource, "shortNames"),
                    Categories = Strings(resource, "categories"),
                    Verbs = Strings(resource, "verbs"),
                    Subresources = ReadSubresources(resource),
                };
            }
        }
    }

    private static Dictionary<string, SubresourceKind> ReadSubresources(JsonElement resource) =>
        resource.TryGetProperty("subresources", out JsonElement all)
            ? all.EnumerateArray().ToDictionary(
                each => each.GetProperty("subresource").GetString()!,
                each => each.TryGetProperty("responseKind", out JsonElement kind)
                    ? new SubresourceKind(Text(kind, "group"), Text(kind, "version"), Text(kind, "kind"))
                    : new SubresourceKind("", "", ""),
                StringComparer.Ordinal)
            : [];

    private static string Text(JsonElement kind, string field) =>
        kind.TryGetProperty(field, out JsonElement value) ? value.GetString()! : "";

    private static IReadOnlyList<string> Strings(JsonElement resource, string field) =>
        resource.TryGetProperty(field, out JsonElement all) ? [.. all.EnumerateArray().Select(each => each.GetString()!)] : [];
}
