using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Schemas;

namespace Orchestrator.Sandbox.Kubernetes.Validation;

/// <summary>What a schema asks of a value, worded as the API server does for custom kinds.</summary>
internal sealed class SchemaRules
{
    private readonly List<FieldError> _errors = [];
    private readonly bool _isCustom;

    private SchemaRules(bool isCustom) => _isCustom = isCustom;

    /// <summary>What is wrong with an object.</summary>
    public static IReadOnlyList<FieldError> Check(JsonObject obj, ResourceDefinition resource, string subresource)
    {
        SchemaRules rules = new(resource.Custom is not null);
        foreach ((string name, JsonNode? value) in obj)
        {
            // The status that a kind of the server's own begins with is not valid, and nobody asks.
            bool isLookedAt = name is not ("metadata" or "apiVersion" or "kind")
                && (name != "status" || subresource == "status" || rules._isCustom || !resource.HasStatus);
            if (isLookedAt && resource.Schema.Field(name) is { } schema)
            {
                rules.CheckValue(value, schema, name);
            }
        }

        rules.CheckRequired(obj, resource.Schema, "");
        return rules._errors;
    }

    private void CheckValue(JsonNode? value, Schema schema, string path)
    {
        if (value is null)
        {
            if (!schema.IsNullable && _isCustom && schema != Schema.Any)
            {
                _errors.Add(FieldError.TypeInvalid(path, "null", $"{path} in body must be of type {schema.Type}: \"null\""));
            }

            return;
        }

        if (_isCustom && !IsOfType(value, schema))
        {
            _errors.Add(FieldError.TypeInvalid(
                path, TypeOf(value), $"{path} in body must be of type {schema.Type ?? "integer,string"}: \"{TypeOf(value)}\""));
            CheckAmong(value, schema, path);
            return;
        }

        switch (value)
        {
            case JsonObject obj:
                CheckRequired(obj, schema, path);
                foreach ((string name, JsonNode? each) in obj)
                {
                    if (schema.Field(name) is { } field)
                    {
                        CheckValue(each, field, $"{path}.{name}");
                    }
                }

                break;
            case JsonArray items:
                CheckItems(items, schema, path);
                break;
            default:
                CheckScalar(value, schema, path);
                break;
        }
    }

    private void CheckRequired(JsonObject obj, Schema schema, string path)
    {
        foreach (string name in schema.Required.Where(name => obj[name] is null || IsFilledIn(obj[name]!, schema.Property(name), path)))
        {
            _errors.Add(FieldError.Required(path.Length == 0 ? name : $"{path}.{name}"));
        }
    }

    // Where the server's own kinds lack a text that must be there, they have an empty one. Of a status nobody asks for one.
    private bool IsFilledIn(JsonNode value, Schema? schema, string path) =>
        !_isCustom && !path.StartsWith("status", StringComparison.Ordinal)
        && schema?.Default is not null && value.GetValueKind() == JsonValueKind.String && ((string)value!).Length == 0;

    private void CheckItems(JsonArray items, Schema schema, string path)
    {
        if (Number(schema, "minItems") is { } least && items.Count < least)
        {
            _errors.Add(FieldError.Invalid(path, items.Count, $"{path} in body should have at least {least} items"));
        }

        if (Number(schema, "maxItems") is { } most && items.Count > most)
        {
            _errors.Add(new("FieldValueTooMany", path, $"Too many: {items.Count}: must have at most {most} items"));
        }

        HashSet<string> steps = new(StringComparer.Ordinal);
        for (int i = 0; i < items.Count; i++)
        {
            if (!schema.IsAtomic && Fields.FieldStep.Item(items[i], schema) is { } step && !steps.Add(step))
            {
                _errors.Add(FieldError.Duplicate(
                    $"{path}[{i}]",
                    schema.IsSet ? items[i] : new JsonObject(schema.ListMapKeys.Select(key =>
                        KeyValuePair.Create(key, items[i]?[key]?.DeepClone())))));
            }

            if (schema.Items is { } each)
            {
                CheckValue(items[i], each, $"{path}[{i}]");
            }
        }
    }

    private void CheckScalar(JsonNode value, Schema schema, string path)
    {
        CheckAmong(value, schema, path);
        if (value.GetValueKind() == JsonValueKind.String)
        {
            CheckText((string)value!, schema, path);
        }
        else if (value.GetValueKind() == JsonValueKind.Number)
        {
            CheckNumber(value, schema, path);
        }
    }

    private void CheckAmong(JsonNode value, Schema schema, string path)
    {
        if (schema.Find("enum") is { } allowed
            && !allowed.EnumerateArray().Any(each => JsonNode.DeepEquals(JsonNode.Parse(each.GetRawText()), value)))
        {
            _errors.Add(FieldError.NotSupported(path, value, allowed.EnumerateArray().Select(each => each.ToString())));
        }
    }

    private void CheckNumber(JsonNode value, Schema schema, string path)
    {
        decimal number = decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (Number(schema, "minimum") is { } least && number < least)
        {
            _errors.Add(FieldError.Invalid(path, value, $"{path} in body should be greater than or equal to {least}"));
        }

        if (Number(schema, "maximum") is { } most && number > most)
        {
            _errors.Add(FieldError.Invalid(path, value, $"{path} in body should be less than or equal to {most}"));
        }
    }

    // The first that is wrong is told.
    private void CheckText(string text, Schema schema, string path)
    {
        FieldError? error = null;
        if (Number(schema, "maxLength") is { } most && text.Length > most)
        {
            error = new("FieldValueTooLong", path, $"Too long: may not be more than {most} bytes");
        }
        else if (Number(schema, "minLength") is { } least && text.Length < least)
        {
            error = FieldError.Invalid(path, text, $"{path} in body should be at least {least} chars long");
        }
        else if (schema.Find("pattern") is { } pattern
            && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            error = FieldError.Invalid(path, text, $"{path} in body should match '{pattern.GetString()}'");
        }
        else if (_isCustom && schema.Format == "date-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            error = FieldError.Invalid(path, text, $"{path} in body must be of type date-time: \"{text}\"");
        }

        if (error is not null)
        {
            _errors.Add(error);
        }
    }

    private static decimal? Number(Schema schema, string keyword) =>
        schema.Find(keyword) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    private static bool IsOfType(JsonNode value, Schema schema)
    {
        JsonValueKind kind = value.GetValueKind();
        return schema.IsIntOrString ? kind is JsonValueKind.Number or JsonValueKind.String : schema.Type switch
        {
            "string" => kind == JsonValueKind.String,
            "integer" => kind == JsonValueKind.Number && !value.ToJsonString().Contains('.', StringComparison.Ordinal),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            _ => true,
        };
    }

    private static string TypeOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.ToJsonString().Contains('.', StringComparison.Ordinal) ? "number" : "integer",
        _ => "boolean",
    };
}
