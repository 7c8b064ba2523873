using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>One step of a path in an object, as <c>managedFields</c> write it.</summary>
internal static class FieldStep
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>To a field of an object.</summary>
    public static string Field(string name) => $"f:{name}";

    /// <summary>
    /// To an item of a list: by its keys, by its value where the list is a set; null where the item lacks a key that has no default.
    /// </summary>
    public static string? Item(JsonNode? item, Schema list)
    {
        if (list.IsSet)
        {
            return $"v:{item?.ToJsonString(Plain) ?? "null"}";
        }

        JsonObject keys = [];
        foreach (string key in list.ListMapKeys.Order(StringComparer.Ordinal))
        {
            JsonNode? value = item is JsonObject obj ? obj[key] : null;
            value ??= list.Items?.Property(key)?.Default is { } given ? JsonNode.Parse(given.GetRawText()) : null;
            if (value is not null)
            {
                keys[key] = value.DeepClone();
            }
        }

        return keys.Count == 0 ? null : $"k:{keys.ToJsonString(Plain)}";
    }

    /// <summary>As errors write it.</summary>
    public static string Text(string step) => step[0] switch
    {
        'f' => $".{step[2..]}",
        'k' => $"[{string.Join(',', JsonNode.Parse(step[2..])!.AsObject().Select(key => $"{key.Key}={key.Value!.ToJsonString(Plain)}"))}]",
        'v' => $"[={step[2..]}]",
        _ => $"[{step[2..]}]",
    };
}
