using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Orchestrator.Starter.Inputs;

/// <summary>What a record's schema has against a record: field, value, rule.</summary>
internal static class InputFaults
{
    private const int LongestValue = 60;

    private static readonly EvaluationOptions Evaluation = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    // Said of a record because of one of its members, which has a sentence of its own.
    private static readonly string[] OfMembers = ["properties", "additionalProperties", "items", "$ref", ""];

    /// <summary>One sentence for each place, in the order of the record; each with the place, for it to be left out.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Place, string Sentence)> Find(JsonObject record, JsonObject schema)
    {
        // Built apart from the registry that all schemas share: the same record may be looked at twice in one process.
        BuildOptions building = new() { SchemaRegistry = new() };
        JsonSchema built = JsonSchema.FromText(schema.ToJsonString(), building);
        EvaluationResults results = built.Evaluate(JsonSerializer.SerializeToElement(record), Evaluation);
        return
        [
            .. (results.Details ?? [])
                .Append(results)
                .Where(result => !result.IsValid && result.Errors is not null)
                .Select(result => (
                    Place: Parts(result.InstanceLocation.ToString()),
                    Keywords: result.Errors!.Keys.Except(OfMembers).ToArray()))
                .Where(fault => fault.Keywords.Length > 0)
                .DistinctBy(fault => string.Join('/', fault.Place))
                .SelectMany(fault => Sentences(fault.Place, fault.Keywords, record, schema)),
        ];
    }

    /// <summary>Takes what is at fault out of a record.</summary>
    public static void Remove(JsonObject record, IReadOnlyList<string> place)
    {
        JsonNode? parent = place.SkipLast(1).Aggregate((JsonNode?)record, Member);
        if (parent is JsonObject holder)
        {
            holder.Remove(place[^1]);
        }
    }

    private static IEnumerable<(IReadOnlyList<string> Place, string Sentence)> Sentences(
        IReadOnlyList<string> place, string[] keywords, JsonObject record, JsonObject schema)
    {
        (string key, JsonObject node) = Locate(place, schema);
        JsonNode? value = place.Aggregate((JsonNode?)record, Member);
        if (keywords.Contains("required") && value is JsonObject holder)
        {
            foreach (string missing in node["required"]!.AsArray().Select(name => (string)name!).Where(name => !holder.ContainsKey(name)))
            {
                string[] whole = [.. place, missing];
                (string missingKey, JsonObject missingNode) = Locate(whole, schema);
                yield return (whole, $"{missingKey} is missing: it must be {InputSchema.Rule(missingNode)}.");
            }

            yield break;
        }

        string limit = keywords.Contains("maximum") ? $" of at most {node["maximum"]}"
            : keywords.Contains("minimum") ? $" of at least {node["minimum"]}"
            : "";
        yield return (place, $"{key}{Shown(value)} must be {InputSchema.Rule(node)}{limit}{ButIs(value)}.");
    }

    private static string Shown(JsonNode? value) => value is JsonValue word ? $" '{Short(word.ToString())}'" : "";

    private static string ButIs(JsonNode? value) => value switch
    {
        JsonArray => ", not a list",
        JsonObject => ", not an object",
        null => ", not null",
        _ => "",
    };

    private static string Short(string text) => text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";

    private static JsonNode? Member(JsonNode? node, string name) => node switch
    {
        JsonObject record => record[name],
        JsonArray list => list[int.Parse(name)],
        _ => null,
    };

    private static (string Key, JsonObject Schema) Locate(IReadOnlyList<string> place, JsonObject schema)
    {
        string key = "";
        JsonObject node = schema;
        foreach (string part in place)
        {
            (string next, JsonNode? inner) = InputSchema.Properties(node) is { } members ? ($".{FieldName.Key(part)}", members[part])
                : InputSchema.Values(node) is { } values ? ($".{part}", values)
                : ($"[{part}]", node["items"]);
            key += next;
            node = InputSchema.Resolve(inner);
        }

        return (key.TrimStart('.'), node);
    }

    private static string[] Parts(string pointer) =>
    [
        .. pointer.Split('/').Skip(1).Select(part =>
            part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
    ];
}
