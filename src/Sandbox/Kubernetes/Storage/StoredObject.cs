using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>One state of one object. It never changes, so that it can be read by any thread and kept.</summary>
public sealed class StoredObject
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    private IReadOnlyDictionary<string, string>? _labels;

    internal StoredObject(ObjectKey key, long resourceVersion, JsonElement json) =>
        (Key, ResourceVersion, Json) = (key, resourceVersion, json);

    /// <summary>Its resource, namespace and name.</summary>
    public ObjectKey Key { get; }

    /// <summary>The store's revision that wrote this state; it is in <c>metadata.resourceVersion</c> too.</summary>
    public long ResourceVersion { get; }

    /// <summary>The whole object.</summary>
    public JsonElement Json { get; }

    /// <summary>The object's name.</summary>
    public string Name => Key.Name;

    /// <summary>The object's namespace; null for an object of the cluster.</summary>
    public string? Namespace => Key.Namespace;

    /// <summary>The object's uid.</summary>
    public string Uid => Metadata.GetProperty("uid").GetString()!;

    /// <summary>Whether its deletion was asked for.</summary>
    public bool IsBeingDeleted => Metadata.TryGetProperty("deletionTimestamp", out _);

    /// <summary>Its labels; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Labels => _labels ??= ReadLabels();

    /// <summary><c>metadata</c>.</summary>
    public JsonElement Metadata => Json.GetProperty("metadata");

    /// <summary><c>spec</c>; an empty object where there is none.</summary>
    public JsonElement Spec => Json.TryGetProperty("spec", out JsonElement spec) ? spec : Nothing;

    /// <summary><c>status</c>; an empty object where there is none.</summary>
    public JsonElement Status => Json.TryGetProperty("status", out JsonElement status) ? status : Nothing;

    /// <summary>The object as UTF-8, as it goes to clients.</summary>
    public ReadOnlySpan<byte> Utf8 => JsonMarshal.GetRawUtf8Value(Json);

    /// <summary>A copy of the caller's own, which may be changed.</summary>
    public JsonObject ToJson() => JsonObject.Create(Json)!;

    private Dictionary<string, string> ReadLabels() =>
        Metadata.TryGetProperty("labels", out JsonElement labels) && labels.ValueKind == JsonValueKind.Object
            ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal)
            : [];
}
