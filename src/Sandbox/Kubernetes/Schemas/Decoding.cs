using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Schemas;

/// <summary>
/// Makes of what a client sent what the server keeps: fields that the schema does not know are dropped, and named; nulls and empty lists
/// and maps are left out, amounts written canonically. What cannot be read into the server's own kinds is refused as Go refuses it;
/// of a custom kind that is the validation's to say.
/// </summary>
internal sealed class Decoding
{
    private readonly List<string> _unknown = [];
    private readonly string _kind;
    private readonly bool _isCustom;

    private Decoding(string kind, bool isCustom) => (_kind, _isCustom) = (kind, isCustom);

    /// <summary>Cleans an object in place.</summary>
    /// <returns>The fields that were dropped because nobody knows them, by their paths.</returns>
    /// <exception cref="FormatException">A value is of a type that the field cannot have; the message is Go's.</exception>
    public static IReadOnlyList<string> Clean(JsonObject obj, Schema schema, string kind, bool isCustom)
    {
        Decoding decoding = new(kind, isCustom);
        decoding.CleanObject(obj, schema, "", new GoField(kind, ""));
        decoding._unknown.Sort(StringComparer.Ordinal);
        return decoding._unknown;
    }

    private void CleanObject(JsonObject obj, Schema schema, string path, GoField go)
    {
        if (schema.IsOpen && !schema.HasProperties && schema.Property("metadata") is null)
        {
            return;
        }

        foreach ((string name, JsonNode? value) in obj.ToList())
        {
            string at = path.Length == 0 ? name : $"{path}.{name}";
            Schema? field = schema.Field(name);
            if (field is null)
            {
                _unknown.Add(at);
                obj.Remove(name);
            }
            else if (value is null)
            {
                if (!field.IsNullable && field != Schema.Any)
                {
                    obj.Remove(name);
                }
            }
            else if (field != Schema.Any)
            {
                JsonNode read = CleanValue(value, field, at, schema.Property(name) is null ? go : go.Of(schema, name));
                if (IsLeftOut(schema, name, field, read))
                {
                    obj.Remove(name);
                }
                else if (!ReferenceEquals(read, value))
                {
                    obj[name] = read;
                }
            }
        }
    }

    // An empty list or map of the server's own kinds does not survive the writing; an empty structure does.
    private bool IsLeftOut(Schema parent, string name, Schema field, JsonNode value) =>
        !_isCustom && !parent.Required.Contains(name) && value switch
        {
            JsonArray items => items.Count == 0 && field.Type == "array",
            JsonObject obj => obj.Count == 0 && field is { Additional: not null, HasProperties: false },
            _ => false,
        };

    private JsonNode CleanValue(JsonNode value, Schema schema, string path, GoField go)
    {
        switch (value)
        {
            case JsonObject obj:
                Expect(schema.Type is null or "object", value, schema, go);
                CleanObject(obj, schema, path, go);
                return obj;
            case JsonArray items:
                Expect(schema.Type is null or "array", value, schema, go);
                for (int i = 0; schema.Items is { } each && i < items.Count; i++)
                {
                    if (items[i] is { } item && CleanValue(item, each, $"{path}[{i}]", go) is { } read && !ReferenceEquals(read, item))
                    {
                        items[i] = read;
                    }
                }

                return items;
            default:
                return CleanScalar(value, schema, go);
        }
    }

    private JsonNode CleanScalar(JsonNode value, Schema schema, GoField go)
    {
        if (schema.Name?.EndsWith(".Quantity", StringComparison.Ordinal) == true)
        {
            return Quantity.TryParse(value.ToString(), out Quantity quantity)
                ? JsonValue.Create(quantity.ToString())
                : throw Unreadable("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }

        JsonValueKind kind = value.GetValueKind();
        bool isAsExpected = schema.Type switch
        {
            "string" => kind == JsonValueKind.String,
            "integer" or "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "object" or "array" => false,
            _ => true,
        };
        Expect(isAsExpected, value, schema, go);
        return value;
    }

    private void Expect(bool isAsExpected, JsonNode value, Schema schema, GoField go)
    {
        if (!_isCustom && !isAsExpected)
        {
            string given = value.GetValueKind() switch
            {
                JsonValueKind.Number => "number",
                JsonValueKind.String => "string",
                JsonValueKind.True or JsonValueKind.False => "bool",
                JsonValueKind.Array => "array",
                _ => "object",
            };
            throw Unreadable($"json: cannot unmarshal {given} into Go struct field {go.Owner}.{go.Path} of type {GoType(schema)}");
        }
    }

    private static FormatException Unreadable(string why) => new(why);

    private static string GoType(Schema schema) => schema.Type switch
    {
        "integer" => schema.Format ?? "int64",
        "number" => "float64",
        "boolean" => "bool",
        "array" => $"[]{(schema.Items is { } items ? GoType(items) : "interface {}")}",
        "object" when schema is { HasProperties: false, Additional: { } values } => $"map[string]{GoType(values)}",
        "object" => string.Join('.', schema.Name?.Split('.')[^2..] ?? ["interface {}"]),
        { } type => type,
        null => "interface {}",
    };

    // Go names the innermost structure, and the path of fields from the outermost; the keys of maps and the places in lists are not in it.
    private sealed record GoField(string Owner, string Path)
    {
        public GoField Of(Schema owner, string name) =>
            new(owner.Name?.Split('.')[^1] ?? Owner, Path.Length == 0 ? name : $"{Path}.{name}");
    }
}
