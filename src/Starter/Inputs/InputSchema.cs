using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>The JSON schema of an input record, and what its nodes mean in words.</summary>
internal static class InputSchema
{
    // ISO 8601 without years and months, as DurationJsonConverter reads it, and not negative.
    private const string DurationPattern = @"^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$";

    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Complete,
    };

    /// <summary>How input records are read: members that the record does not have are errors.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerOptions.Default)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new DurationJsonConverter() },
        MaxDepth = BoundedParser.MostDepth * 2,
    };

    /// <summary>The schema of a record.</summary>
    public static JsonObject Of(Type inputType) => Json.GetJsonSchemaAsNode(inputType, Exporting).AsObject();

    /// <summary>The same without some of its members.</summary>
    public static JsonObject Without(JsonObject schema, params string[] names)
    {
        JsonObject rest = schema.DeepClone().AsObject();
        Array.ForEach(names, name => Properties(rest)!.Remove(name));
        return rest;
    }

    /// <summary>A node, or the one that it refers to (types that hold themselves).</summary>
    public static JsonObject Resolve(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }

        if ((string?)schema["$ref"] is not { } reference)
        {
            return schema;
        }

        JsonNode? found = schema.Root;
        foreach (string part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            found = found is JsonArray list ? list[int.Parse(name)] : found?[name];
        }

        return found as JsonObject ?? [];
    }

    /// <summary>The members of a record; null where the node is not one.</summary>
    public static JsonObject? Properties(JsonObject schema) => schema["properties"] as JsonObject;

    /// <summary>The schema of the values of a dictionary; null where the node is not one.</summary>
    public static JsonObject? Values(JsonObject schema) => schema["additionalProperties"] is JsonObject values ? Resolve(values) : null;

    /// <summary>
    /// Whether a node takes values of a JSON type: <c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>array</c>,
    /// <c>object</c>.
    /// </summary>
    public static bool Takes(JsonObject schema, string type) => schema["type"] switch
    {
        JsonArray types => types.Any(each => (string?)each == type),
        JsonValue only => (string?)only == type,
        _ => false,
    };

    /// <summary>The names that a node takes; empty where it takes others too.</summary>
    public static IReadOnlyList<string> Choices(JsonObject schema) =>
        schema["enum"] is JsonArray names ? [.. names.Select(name => (string?)name).OfType<string>()] : [];

    public static bool IsDuration(JsonObject schema) => (string?)schema["pattern"] == DurationPattern;

    public static bool IsMoment(JsonObject schema) => (string?)schema["format"] == "date-time";

    /// <summary>The keys of a record on the command line, such as <c>limits.stall-after</c>; a dictionary's end in <c>.NAME</c>.</summary>
    public static IEnumerable<string> Keys(JsonObject schema) => Keys(schema, "", 0);

    /// <summary>What a value looks like, to complete "must be …".</summary>
    public static string Rule(JsonObject schema) => schema switch
    {
        _ when Choices(schema) is { Count: > 0 } names =>
            $"one of {string.Join(", ", names.Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}",
        _ when IsDuration(schema) => DurationText.Rule,
        _ when IsMoment(schema) => "a time such as 2026-03-01T14:00:00Z",
        _ when Takes(schema, "integer") => "a whole number",
        _ when Takes(schema, "number") => "a number",
        _ when Takes(schema, "boolean") => "true or false",
        _ when Takes(schema, "array") => List(Resolve(schema["items"])),
        _ when Properties(schema) is { } members => $"an object: {string.Join(", ", members.Select(member => FieldName.Key(member.Key)))}",
        _ when Values(schema) is { } values => $"names with values, each {Rule(values)}",
        _ => "text",
    };

    private static string List(JsonObject item) => Takes(item, "object") || Takes(item, "array")
        ? $"a list in brackets, each {Rule(item)}"
        : Rule(item) is "text" ? "a list separated by commas" : $"a list separated by commas, each {Rule(item)}";

    private static IEnumerable<string> Keys(JsonObject schema, string prefix, int depth) => Properties(schema)!.SelectMany(member =>
    {
        string key = $"{prefix}{FieldName.Key(member.Key)}";
        JsonObject node = Resolve(member.Value);
        bool hasKeys = Properties(node) is not null && depth < BoundedParser.MostDepth && !IsWithin(node, member.Value);
        return hasKeys ? Keys(node, $"{key}.", depth + 1)
            : Values(node) is not null ? [$"{key}.NAME"]
            : [key];
    });

    // A record in itself has keys without end.
    private static bool IsWithin(JsonObject record, JsonNode? place)
    {
        for (JsonNode? around = place?.Parent; around is not null; around = around.Parent)
        {
            if (around == record)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode schema)
    {
        Type type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(TimeSpan))
        {
            bool isNullable = type != context.TypeInfo.Type;
            return new JsonObject { ["type"] = isNullable ? new JsonArray("string", "null") : "string", ["pattern"] = DurationPattern };
        }

        if (type == typeof(int))
        {
            schema["minimum"] = int.MinValue;
            schema["maximum"] = int.MaxValue;
        }
        else if (type == typeof(long))
        {
            schema["minimum"] = long.MinValue;
            schema["maximum"] = long.MaxValue;
        }

        return schema;
    }
}
