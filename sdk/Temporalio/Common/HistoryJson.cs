using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Temporalio.Api.History.V1;

namespace Temporalio.Common;

/// <summary>
/// The spellings of enumerations in exported histories. Protobuf's JSON knows only the long names; the exports of some tools and of
/// older servers hold the short ones.
/// </summary>
internal static class HistoryJson
{
    private static readonly ConcurrentDictionary<EnumDescriptor, Dictionary<string, string>> LongNames = [];

    /// <summary>The same JSON with every enumeration spelled long.</summary>
    public static string WithLongEnumNames(string json)
    {
        JsonNode? root = JsonNode.Parse(json, documentOptions: new() { MaxDepth = 512 });
        if (root is not JsonObject history)
        {
            throw new JsonException("the outermost value is not an object");
        }

        Rewrite(history, History.Descriptor);
        return history.ToJsonString();
    }

    private static void Rewrite(JsonObject message, MessageDescriptor descriptor)
    {
        // Well-known types have a JSON form of their own.
        if (descriptor.File.Package == "google.protobuf")
        {
            return;
        }

        foreach (FieldDescriptor field in descriptor.Fields.InDeclarationOrder())
        {
            string name = message.ContainsKey(field.JsonName) ? field.JsonName : field.Name;
            if (!message.TryGetPropertyValue(name, out JsonNode? value))
            {
                continue;
            }

            if (field.FieldType == FieldType.Enum)
            {
                RewriteEnum(message, name, value, field.EnumType);
            }
            else if (field.FieldType == FieldType.Message)
            {
                RewriteMessages(value, field);
            }
        }
    }

    private static void RewriteMessages(JsonNode? value, FieldDescriptor field)
    {
        IEnumerable<JsonNode?> nested = (field.IsMap, value) switch
        {
            (true, JsonObject map) => map.Select(pair => pair.Value),
            (false, JsonArray list) => list,
            _ => [value],
        };
        MessageDescriptor? type = field.IsMap ? MapValueType(field) : field.MessageType;
        foreach (JsonObject message in type is null ? [] : nested.OfType<JsonObject>())
        {
            Rewrite(message, type!);
        }
    }

    private static MessageDescriptor? MapValueType(FieldDescriptor map)
    {
        FieldDescriptor value = map.MessageType.FindFieldByNumber(2);
        return value.FieldType == FieldType.Message ? value.MessageType : null;
    }

    private static void RewriteEnum(JsonObject message, string name, JsonNode? value, EnumDescriptor type)
    {
        if (value is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                list[i] = LongName(list[i], type) ?? list[i]?.DeepClone();
            }
        }
        else if (LongName(value, type) is { } longName)
        {
            message[name] = longName;
        }
    }

    private static string? LongName(JsonNode? value, EnumDescriptor type) =>
        value is JsonValue text && text.TryGetValue(out string? spelling)
            ? LongNames.GetOrAdd(type, Index).GetValueOrDefault(Fold(spelling))
            : null;

    private static Dictionary<string, string> Index(EnumDescriptor type)
    {
        string prefix = Fold(type.Name);
        Dictionary<string, string> names = [];
        foreach (string name in type.Values.Select(value => value.Name))
        {
            string folded = Fold(name);
            names[folded] = name;
            if (folded.StartsWith(prefix, StringComparison.Ordinal))
            {
                names[folded[prefix.Length..]] = name;
            }
        }

        return names;
    }

    // EVENT_TYPE_TIMER_FIRED, EventTypeTimerFired
    private static string Fold(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
