using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Reads what every object carries in <c>metadata</c>.</summary>
public static class ObjectMetadata
{
    /// <summary>The object's name.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static string Name(this JsonObject obj) => Needed(obj, "name");

    /// <summary>The object's namespace; null for an object of the cluster.</summary>
    public static string? Namespace(this JsonObject obj) => Metadata(obj, "namespace");

    /// <summary>The object's uid: another object under the same name has another one.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static string Uid(this JsonObject obj) => Needed(obj, "uid");

    /// <summary>The version of the object's state; to be compared with nothing but itself.</summary>
    /// <exception cref="FormatException">It has none.</exception>
    public static string ResourceVersion(this JsonObject obj) => Needed(obj, "resourceVersion");

    /// <summary>How often the object's specification has changed; 0 for kinds that do not count.</summary>
    public static long Generation(this JsonObject obj) => obj["metadata"]?["generation"]?.GetValue<long>() ?? 0;

    /// <summary>The generation that the object's controller has acted on; null when its status does not say.</summary>
    public static long? ObservedGeneration(this JsonObject obj) => obj["status"]?["observedGeneration"]?.GetValue<long>();

    /// <summary>Value of a label; null when the object does not carry it.</summary>
    public static string? Label(this JsonObject obj, string name) => obj["metadata"]?["labels"]?[name]?.GetValue<string>();

    /// <summary>Value of an annotation; null when the object does not carry it.</summary>
    public static string? Annotation(this JsonObject obj, string name) => obj["metadata"]?["annotations"]?[name]?.GetValue<string>();

    /// <summary>When the object was created; null before it is.</summary>
    public static DateTimeOffset? CreatedAt(this JsonObject obj) => Time(obj, "creationTimestamp");

    /// <summary>When the object's deletion was asked for, its grace period added; null when nobody has asked.</summary>
    public static DateTimeOffset? DeletedAt(this JsonObject obj) => Time(obj, "deletionTimestamp");

    /// <summary>A time as the API writes it, RFC 3339; null where there is none.</summary>
    /// <exception cref="FormatException">It is no time.</exception>
    public static DateTimeOffset? ReadTime(JsonNode? time) => (string?)time is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
        : null;

    private static DateTimeOffset? Time(JsonObject obj, string field) => ReadTime(obj["metadata"]?[field]);

    private static string Needed(JsonObject obj, string field) =>
        Metadata(obj, field)
        ?? throw new FormatException($"{(string?)obj["kind"] ?? "Object"} {Metadata(obj, "name")} has no metadata.{field}.");

    private static string? Metadata(JsonObject obj, string field) => obj["metadata"]?[field]?.GetValue<string>();
}
