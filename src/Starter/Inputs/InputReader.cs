using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Xml;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Inputs;

/// <summary>
/// Makes JSON of a record's schema out of what people wrote: members by any spelling of their name, values as the schema's types.
/// What it cannot read stays as it is, for the schema to refuse.
/// </summary>
/// <param name="faults">Takes a sentence for each member that is unknown or given twice.</param>
internal sealed class InputReader(List<string> faults)
{
    /// <summary>Reads a record as it is in a document.</summary>
    public JsonObject Document(JsonObject written, JsonObject schema) => Record(written, schema, "");

    /// <summary>Reads <c>key=value</c> pairs.</summary>
    public JsonObject Assignments(IEnumerable<string> assignments, JsonObject schema)
    {
        JsonObject record = [];
        HashSet<string> given = new(StringComparer.Ordinal);
        foreach (string assignment in assignments)
        {
            if (assignment.Split('=', 2) is not [{ Length: > 0 } key, string text])
            {
                faults.Add($"'{assignment}' must be key=value.");
            }
            else if (Find(key, schema) is not { } place)
            {
                // It said so.
            }
            else if (!given.Add(string.Join('/', place.Path)))
            {
                faults.Add($"{string.Join('.', place.Path.Select(FieldName.Key))} is given more than once.");
            }
            else if (Written(text, place.Schema, key) is { } value)
            {
                Merge(record, Nest(place.Path, value));
            }
        }

        return record;
    }

    /// <summary>Lays one record over another; lists are replaced, records are merged.</summary>
    public static void Merge(JsonObject below, JsonObject above)
    {
        foreach ((string name, JsonNode? value) in above)
        {
            if (value is JsonObject inner && below[name] is JsonObject under)
            {
                Merge(under, inner);
            }
            else
            {
                below[name] = value?.DeepClone();
            }
        }
    }

    private static JsonObject Nest(IReadOnlyList<string> path, JsonNode? value) =>
        path.Reverse().Aggregate(value, (inner, name) => new JsonObject { [name] = inner })!.AsObject();

    // The place that a key names; null, and a fault, where there is none.
    private (IReadOnlyList<string> Path, JsonObject Schema)? Find(string key, JsonObject schema)
    {
        List<string> path = [];
        string prefix = "";
        string rest = key;
        while (rest.Length > 0)
        {
            if (InputSchema.Values(schema) is { } values)
            {
                // The rest names an entry of a dictionary, whatever dots it has.
                return ([.. path, rest], values);
            }

            string[] parts = rest.Split('.', 2);
            if (InputSchema.Properties(schema) is not { } members
                || members.FirstOrDefault(member => FieldName.AreSame(member.Key, parts[0])) is not { Key: { } name, Value: var node })
            {
                Unknown(rest, prefix, schema);
                return null;
            }

            path.Add(name);
            prefix += $"{FieldName.Key(name)}.";
            schema = InputSchema.Resolve(node);
            rest = parts.Length > 1 ? parts[1] : "";
        }

        return (path, schema);
    }

    // Lists and records can be written in brackets, as in YAML.
    private JsonNode? Written(string text, JsonObject schema, string key)
    {
        bool isStructure = (text.StartsWith('[') && InputSchema.Takes(schema, "array"))
            || (text.StartsWith('{') && InputSchema.Takes(schema, "object"));
        try
        {
            return isStructure ? Value(InputDocument.ReadValue(text), schema, key) : Word(text, schema);
        }
        catch (FormatException e)
        {
            faults.Add($"{key} '{text}' cannot be read: {e.Message}");
            return null;
        }
    }

    private JsonNode? Value(JsonNode? written, JsonObject schema, string key) => written switch
    {
        null => null,
        JsonObject record when InputSchema.Properties(schema) is not null => Record(record, schema, $"{key}."),
        JsonObject entries when InputSchema.Values(schema) is { } values => Entries(entries, values, key),
        JsonArray list when InputSchema.Takes(schema, "array") => new JsonArray(
            [.. list.Select((item, index) => Value(item, InputSchema.Resolve(schema["items"]), $"{key}[{index}]"))]),
        JsonValue word => Word($"{word}", schema),
        _ => written.DeepClone(),
    };

    private JsonObject Record(JsonObject written, JsonObject schema, string prefix)
    {
        JsonObject record = [];
        foreach ((string name, JsonNode? value) in written)
        {
            if (InputSchema.Properties(schema)!.FirstOrDefault(member => FieldName.AreSame(member.Key, name))
                is not { Key: { } member, Value: var node })
            {
                Unknown(name, prefix, schema);
            }
            else if (record.ContainsKey(member))
            {
                faults.Add($"{prefix}{FieldName.Key(member)} is given more than once.");
            }
            else if (value is not null)
            {
                // What is null is as if it were not there.
                record[member] = Value(value, InputSchema.Resolve(node), $"{prefix}{FieldName.Key(member)}");
            }
        }

        return record;
    }

    private JsonObject Entries(JsonObject written, JsonObject values, string key)
    {
        JsonObject entries = [];
        foreach ((string name, JsonNode? value) in written)
        {
            entries[name] = Value(value, values, $"{key}.{name}");
        }

        return entries;
    }

    private static JsonNode Word(string text, JsonObject schema)
    {
        if (InputSchema.Choices(schema) is { Count: > 0 } names)
        {
            return names.FirstOrDefault(name => FieldName.AreSame(name, text)) ?? text;
        }

        if (InputSchema.IsDuration(schema))
        {
            return DurationText.Read(text) is { } duration ? XmlConvert.ToString(duration) : text;
        }

        if (InputSchema.IsMoment(schema))
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
                ? $"{moment:O}"
                : text;
        }

        if (InputSchema.Takes(schema, "boolean"))
        {
            return bool.TryParse(text, out bool yes) ? yes : text;
        }

        if (InputSchema.Takes(schema, "integer"))
        {
            // Also one that is too large is a number, so that the schema can say how large it may be.
            return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number)
                ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture))!
                : text;
        }

        if (InputSchema.Takes(schema, "number"))
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number
                : text;
        }

        return InputSchema.Takes(schema, "array") && InputSchema.Resolve(schema["items"]) is var item && !InputSchema.Takes(item, "object")
            ? new JsonArray(
                [
                    .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Select(word => Word(word, item)),
                ])
            : text;
    }

    private void Unknown(string name, string prefix, JsonObject schema)
    {
        string[] keys = InputSchema.Properties(schema) is null ? [] : [.. InputSchema.Keys(schema)];
        string[] near = [.. NearNames.Meant(name, keys).Select(key => $"{prefix}{key}")];
        string[] all = keys.Length > 0 ? [.. keys.Select(key => $"{prefix}{key}")] : [prefix.TrimEnd('.')];
        faults.Add($"There is no key '{prefix}{name}'{NameHint.Of(near, all, "keys are")}");
    }
}
