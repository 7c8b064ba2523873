using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Reads fields of stored objects by the names that lead to them; a field that is missing or null reads as null.</summary>
internal static class JsonPath
{
    /// <summary>The element at a path; null where there is none.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : element;
    }

    /// <summary>A text; null where there is none.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>A whole number; null where there is none.</summary>
    public static long? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } found ? found.GetInt64() : null;

    /// <summary>Whether a flag is set.</summary>
    public static bool Flag(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.True };

    /// <summary>A time; null where there is none.</summary>
    public static DateTimeOffset? Time(this JsonElement element, params ReadOnlySpan<string> path) => Text(element, path) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
        : null;

    /// <summary>The elements of a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The texts of an object's fields by name, such as labels; none where there is no object.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Texts(this JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Object } found
            ? found.EnumerateObject().Select(each => KeyValuePair.Create(each.Name, each.Value.GetString() ?? ""))
            : [];

    /// <summary>A copy that may be changed.</summary>
    public static JsonNode Copy(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element)!.DeepClone(),
        JsonValueKind.Array => JsonArray.Create(element)!.DeepClone(),
        _ => JsonValue.Create(element)!,
    };

    /// <summary>An object inside another one; an empty one is put there where it is missing.</summary>
    public static JsonObject Part(this JsonObject obj, string name)
    {
        if (obj[name] is not JsonObject part)
        {
            obj[name] = part = [];
        }

        return part;
    }

    /// <summary>A list inside an object; an empty one is put there where it is missing.</summary>
    public static JsonArray List(this JsonObject obj, string name)
    {
        if (obj[name] is not JsonArray list)
        {
            obj[name] = list = [];
        }

        return list;
    }
}
