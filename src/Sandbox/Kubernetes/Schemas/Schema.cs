using System.Collections.Concurrent;
using System.Text.Json;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>
/// One schema of an OpenAPI document or of a CustomResourceDefinition. What it refers to is read when it is asked for: the schemas of
/// definitions refer to themselves. Safe for threads.
/// </summary>
internal sealed class Schema
{
    /// <summary>Allows anything.</summary>
    public static readonly Schema Any = new(JsonDocument.Parse("{}").RootElement, _ => throw new InvalidOperationException());

    private static readonly Schema AnyText = new(JsonDocument.Parse("{\"type\":\"string\"}").RootElement, Any._resolve);

    private readonly JsonElement _json;
    private readonly Func<string, Schema> _resolve;
    private readonly ConcurrentDictionary<string, Schema?> _properties = new(StringComparer.Ordinal);
    private readonly Lazy<Schema?> _items;
    private readonly Lazy<Schema?> _additional;
    private readonly Lazy<IReadOnlySet<string>> _required;

    /// <param name="json">The schema as it is written.</param>
    /// <param name="resolve">Finds a schema by the name in a reference.</param>
    /// <param name="name">The name that references call it by; null for one without.</param>
    public Schema(JsonElement json, Func<string, Schema> resolve, string? name = null)
    {
        (_json, _resolve, Name) = (json, resolve, name);
        // A reference stands alone, or as the only part of allOf beside a description, a default or a list type.
        Target = ReferenceIn(json) is { } target ? resolve(target) : null;
        _items = new(() => Find("items") is { ValueKind: JsonValueKind.Object } items ? new Schema(items, resolve) : null);
        _additional = new(() => Find("additionalProperties") switch
        {
            { ValueKind: JsonValueKind.Object } schema => new Schema(schema, resolve),
            { ValueKind: JsonValueKind.True } => Any,
            _ => null,
        });
        _required = new(() => Strings("required").ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>
    /// The schema of a custom object: its names and metadata are those of every object, whatever the definition says of them.
    /// </summary>
    public static Schema OfCustomObject(JsonElement json)
    {
        Schema schema = new(json, name => throw new InvalidOperationException($"A definition refers to {name}."));
        schema._properties["apiVersion"] = schema._properties["kind"] = AnyText;
        schema._properties["metadata"] = ServerSchemas.Metadata;
        return schema;
    }

    /// <summary>Its full name, such as <c>io.k8s.api.core.v1.PodSpec</c>; null for one without.</summary>
    public string? Name => field ?? Target?.Name;

    /// <summary>The schema that this one refers to.</summary>
    public Schema? Target { get; }

    /// <summary>The schema as it is written.</summary>
    public JsonElement Json => _json;

    /// <summary>
    /// <c>object</c>, <c>array</c>, <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>; null where several may be.
    /// </summary>
    public string? Type => Text("type");

    /// <summary>Such as <c>int32</c>, <c>date-time</c>, <c>int-or-string</c>.</summary>
    public string? Format => Text("format");

    /// <summary>Of the items of a list; null where it says nothing about them.</summary>
    public Schema? Items => _items.Value;

    /// <summary>Of the values of a map; null where it is none.</summary>
    public Schema? Additional => _additional.Value;

    /// <summary>The fields that must be there.</summary>
    public IReadOnlySet<string> Required => _required.Value;

    /// <summary>Whether it names the fields of an object.</summary>
    public bool HasProperties => Find("properties") is not null;

    /// <summary>Whether an object may have any field: it names none, and forbids none.</summary>
    public bool IsOpen => PreservesUnknownFields || (!HasProperties && Additional is null);

    /// <summary>Whether fields that it does not name are kept.</summary>
    public bool PreservesUnknownFields => IsTrue("x-kubernetes-preserve-unknown-fields");

    /// <summary>Whether a list or a map is one value, with one owner.</summary>
    public bool IsAtomic => Type == "array"
        ? Text("x-kubernetes-list-type") is null or "atomic"
        : Text("x-kubernetes-map-type") == "atomic";

    /// <summary>Whether a list is a set of values.</summary>
    public bool IsSet => Text("x-kubernetes-list-type") == "set";

    /// <summary>The fields that tell the items of a list apart; empty where it has none.</summary>
    public IReadOnlyList<string> ListMapKeys => [.. Strings("x-kubernetes-list-map-keys")];

    /// <summary>The field by which a strategic merge patch finds an item; null where it replaces the list, or merges values.</summary>
    public string? PatchMergeKey => Text("x-kubernetes-patch-merge-key");

    /// <summary>How a strategic merge patch treats it: <c>merge</c>, <c>replace</c>, <c>retainKeys</c>.</summary>
    public IReadOnlyList<string> PatchStrategy => Text("x-kubernetes-patch-strategy")?.Split(',') ?? [];

    /// <summary>Whether it is a whole object of its own, with metadata.</summary>
    public bool IsEmbeddedResource => IsTrue("x-kubernetes-embedded-resource");

    /// <summary>Whether it is an integer or a text.</summary>
    public bool IsIntOrString => Format == "int-or-string" || IsTrue("x-kubernetes-int-or-string");

    /// <summary>Whether null is a value of it.</summary>
    public bool IsNullable => IsTrue("nullable");

    /// <summary>What a missing field is set to; null where it stays missing.</summary>
    public JsonElement? Default => Find("default");

    /// <summary>The names of the fields that it names.</summary>
    public IEnumerable<string> PropertyNames => Find("properties") is { } all ? all.EnumerateObject().Select(each => each.Name) : [];

    /// <summary>The schema of a field that it names; null for another.</summary>
    public Schema? Property(string name) => _properties.GetOrAdd(name, key =>
        Find("properties") is { } all && all.TryGetProperty(key, out JsonElement property) ? new Schema(property, _resolve) : null);

    /// <summary>The schema of a field, whether it is named or one of a map's; null for one that it does not know.</summary>
    public Schema? Field(string name) => Property(name) ?? Additional ?? (IsOpen ? Any : null);

    /// <summary>A keyword, of this schema or of the one that it refers to.</summary>
    public JsonElement? Find(string keyword) =>
        _json.TryGetProperty(keyword, out JsonElement value) ? value : Target?.Find(keyword);

    private static string? ReferenceIn(JsonElement json) =>
        json.TryGetProperty("$ref", out JsonElement reference) ? NameIn(reference)
        : json.TryGetProperty("allOf", out JsonElement all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() == 1
            && all[0].TryGetProperty("$ref", out reference) ? NameIn(reference)
        : null;

    private static string NameIn(JsonElement reference) => reference.GetString()!.Split('/')[^1];

    private string? Text(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private bool IsTrue(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.True };

    private IEnumerable<string> Strings(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().Select(each => each.GetString()!) : [];
}
