using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Asks a server which groups and kinds it serves.</summary>
internal sealed class Discoverer(ApiConnection connection)
{
    /// <summary>All kinds of a group, in the version that the server prefers or the one asked for.</summary>
    public async Task<IReadOnlyList<DiscoveredResource>> KindsAsync(string group, string? version, CancellationToken cancellationToken)
    {
        version ??= group.Length == 0 ? "v1" : await PreferredVersionAsync(group, cancellationToken);
        string path = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
        JsonObject list = await connection.SendForObjectAsync(Request(Describe(group), path), cancellationToken);
        JsonArray resources = list["resources"] as JsonArray ?? throw connection.Unreadable(Request(Describe(group), path), "the answer names no resources");
        return [.. resources
            .Where(resource => !Name(resource).Contains('/', StringComparison.Ordinal))
            .Select(resource => Read(resource!, group, version))];
    }

    /// <summary>The kind that is called so: by kind, plural or short name.</summary>
    public async Task<DiscoveredResource> KindAsync(string group, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<DiscoveredResource> kinds = await KindsAsync(group, null, cancellationToken);
        return kinds.FirstOrDefault(kind => kind.IsCalled(name))
            ?? throw Unknown(name, $"{Describe(group)} has no such kind{NearNames.Hint(name, kinds.SelectMany(kind => (string[])[kind.Kind, kind.Type.Plural]))}");
    }

    private static string Name(JsonNode? named) => named?["name"]?.GetValue<string>() ?? "";

    private static DiscoveredResource Read(JsonNode resource, string group, string version) => new(
        resource["kind"]?.GetValue<string>() ?? "",
        new ResourceType(group, version, Name(resource), resource["namespaced"]?.GetValue<bool>() ?? false),
        Texts(resource["verbs"]),
        Texts(resource["shortNames"]));

    private static string[] Texts(JsonNode? list) => [.. (list as JsonArray ?? []).Select(item => item!.GetValue<string>())];

    private static string Describe(string group) => group.Length == 0 ? "the core group" : $"group {group}";

    private static ApiRequest Request(string resource, string path) => new("DISCOVER", HttpMethod.Get, resource, path);

    private async Task<string> PreferredVersionAsync(string group, CancellationToken cancellationToken)
    {
        JsonObject list = await connection.SendForObjectAsync(Request("all groups", "/apis"), cancellationToken);
        JsonArray groups = list["groups"] as JsonArray ?? throw connection.Unreadable(Request("all groups", "/apis"), "the answer names no groups");
        JsonNode? found = groups.FirstOrDefault(known => Name(known) == group);
        return found?["preferredVersion"]?["version"]?.GetValue<string>()
            ?? throw Unknown($"group {group}", $"the server serves no such group{NearNames.Hint(group, groups.Select(Name))}");
    }

    private KubernetesException Unknown(string resource, string what) =>
        new($"{connection.Named(Request(resource, ""))}: {what}")
        {
            Verb = "DISCOVER",
            Resource = resource,
            StatusCode = HttpStatusCode.NotFound,
            Reason = StatusReasons.NotFound,
        };
}
