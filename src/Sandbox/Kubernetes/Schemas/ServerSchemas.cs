using System.Collections.Concurrent;
using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>The schemas of the kinds that the API server has by itself, by group, version and kind. Read when they are asked for.</summary>
internal static class ServerSchemas
{
    private const string MetadataName = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private static readonly ConcurrentDictionary<string, Lazy<Document>> Documents = new(StringComparer.Ordinal);

    /// <summary>The schema of <c>metadata</c>.</summary>
    public static Schema Metadata { get; } = Of("", "v1").Named(MetadataName);

    /// <summary>The schema of a kind; one that allows anything where the server does not describe it.</summary>
    public static Schema Find(string group, string version, string kind) => Of(group, version).OfKind(group, version, kind) ?? Schema.Any;

    private static Document Of(string group, string version)
    {
        string name = ServerDocuments.NameOf(group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}");
        return Documents.GetOrAdd(name, key => new(() => new Document(key))).Value;
    }

    private sealed class Document
    {
        private readonly JsonElement _schemas;
        private readonly ConcurrentDictionary<string, Schema> _named = new(StringComparer.Ordinal);
        private readonly Dictionary<(string Group, string Version, string Kind), string> _kinds = [];

        public Document(string name)
        {
            JsonDocument document = JsonDocument.Parse(ServerDocuments.Read(name), ObjectStore.Deep);
            _schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
            foreach (JsonProperty schema in _schemas.EnumerateObject())
            {
                if (schema.Value.TryGetProperty("x-kubernetes-group-version-kind", out JsonElement kinds))
                {
                    foreach (JsonElement kind in kinds.EnumerateArray())
                    {
                        _kinds.TryAdd((Text(kind, "group"), Text(kind, "version"), Text(kind, "kind")), schema.Name);
                    }
                }
            }
        }

        public Schema? OfKind(string group, string version, string kind) =>
            _kinds.TryGetValue((group, version, kind), out string? name) ? Named(name) : null;

        // What a definition holds as a schema is data to the server, which it neither prunes nor completes.
        public Schema Named(string name) => _named.GetOrAdd(name, key => key.EndsWith(".JSONSchemaProps", StringComparison.Ordinal)
            ? Schema.Any
            : new Schema(_schemas.GetProperty(key), Named, key));

        private static string Text(JsonElement kind, string field) => kind.GetProperty(field).GetString()!;
    }
}
