using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>Holds the fields of a JSON object against the record that it is to become. Pure.</summary>
internal static class FieldChecks
{
    private const int LongestShown = 40;

    /// <summary>As Temporal's converter reads: names as they are written, durations and enumerations as their types say.</summary>
    public static JsonSerializerOptions Options { get; } = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <summary>What the serializer knows of a type.</summary>
    public static JsonTypeInfo InfoOf(Type type) => Options.GetTypeInfo(type);

    /// <summary>The names of a record's fields, for a sentence.</summary>
    public static string Fields(Type type) => string.Join(", ", Writable(InfoOf(type)).Select(property => property.Name));

    /// <summary>
    /// Removes the fields that cannot be read, and says what is wrong with each. What a record works out by itself is left aside.
    /// </summary>
    public static void Clean(JsonObject record, JsonTypeInfo info, string path, List<InputFault> faults)
    {
        List<JsonPropertyInfo> known = [.. Writable(info)];
        foreach ((string name, JsonNode? value) in record.ToList())
        {
            string field = path.Length == 0 ? name : $"{path}.{name}";
            if (known.Find(property => property.Name == name) is not { } property)
            {
                if (info.Properties.Any(property => property.Name == name))
                {
                    continue;
                }

                faults.Add(new(field, $"{SubjectName.Shown(field)} is unknown; {Meant(name, known)}", IsUnknown: true));
                record.Remove(name);
            }
            else if (Fault(value, property, field, faults) is not { } fault)
            {
                continue;
            }
            else
            {
                faults.AddRange(fault.Length == 0 ? [] : [new InputFault(field, $"{field} {fault}.")]);
                record.Remove(name);
            }
        }

        foreach (JsonPropertyInfo missing in known.Where(property => property.IsRequired && !record.ContainsKey(property.Name)))
        {
            string field = path.Length == 0 ? missing.Name : $"{path}.{missing.Name}";
            if (!faults.Exists(fault => fault.Path == field))
            {
                faults.Add(new(field, $"{field} is missing."));
            }
        }
    }

    /// <summary>Whether an exception says that a value is not of the type that it is to become.</summary>
    public static bool IsUnreadable(Exception e) =>
        e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException
            or OverflowException;

    /// <summary>A value as part of a sentence.</summary>
    public static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{Cut(value.GetString()!)}'",
        _ => Cut(value.GetRawText()),
    };

    private static string Cut(string text) => SubjectName.Shown(text.Length > LongestShown ? $"{text[..LongestShown]}…" : text);

    private static IEnumerable<JsonPropertyInfo> Writable(JsonTypeInfo info) =>
        info.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null);

    private static string Meant(string name, List<JsonPropertyInfo> known) =>
        NearNames.Meant(name, known.Select(property => property.Name)) is [var nearest, ..]
        ? $"did you mean {nearest}?"
        : $"the fields are {string.Join(", ", known.Select(property => property.Name))}.";

    // Null where the value can be read; empty where what is wrong in it has its own sentences already.
    private static string? Fault(JsonNode? value, JsonPropertyInfo property, string field, List<InputFault> faults)
    {
        if (value is null)
        {
            bool takesNull = !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;
            bool isNullable = takesNull && (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable);
            return isNullable ? null : $"is null; it must be {Wanted(property.PropertyType)}, or be left out";
        }

        if (property.CustomConverter is { } converter)
        {
            JsonSerializerOptions options = new(Options);
            options.Converters.Add(converter);
            return Try(value, property.PropertyType, options) ? null : $"is {Shown(value)}; it must be {Wanted(property.PropertyType)}";
        }

        return Fault(value, property.PropertyType, field, faults);
    }

    private static string? Fault(JsonNode value, Type type, string field, List<InputFault> faults)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        JsonTypeInfo info = InfoOf(plain);
        if (plain.IsEnum)
        {
            // A number would be taken as it is, also where it is none of the values.
            bool isOne = value.GetValueKind() == JsonValueKind.String
                && Enum.GetNames(plain).Contains(value.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
            return isOne ? null : $"is {Shown(value)}; it must be {Wanted(plain)}";
        }

        switch (info.Kind, value)
        {
            case (JsonTypeInfoKind.Object, JsonObject record):
                Clean(record, info, field, faults);
                return Try(record, plain, Options) ? null : "";
            case (JsonTypeInfoKind.Enumerable, JsonArray list) when info.ElementType is { } element:
                int before = faults.Count;
                for (int i = 0; i < list.Count; i++)
                {
                    string item = $"{field}[{i}]";
                    string? fault = list[i] is { } node ? Fault(node, element, item, faults) : $"is null; it must be {Wanted(element)}";
                    faults.AddRange(fault is null or "" ? [] : [new InputFault(item, $"{item} {fault}.")]);
                }

                return faults.Count > before ? "" : null;
            case (JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable, _):
                return $"is {Shown(value)}; it must be {Wanted(plain)}";
            default:
                return Try(value, plain, Options) ? null : $"is {Shown(value)}; it must be {Wanted(plain)}";
        }
    }

    private static bool Try(JsonNode value, Type type, JsonSerializerOptions options)
    {
        try
        {
            _ = value.Deserialize(type, options);
            return true;
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return false;
        }
    }

    private static string Shown(JsonNode value)
    {
        using JsonDocument document = JsonDocument.Parse(value.ToJsonString());
        return Shown(document.RootElement);
    }

    private static string Wanted(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(plain))}"
            : plain == typeof(string) ? "text"
            : plain == typeof(bool) ? "true or false"
            : plain == typeof(TimeSpan) ? "a duration such as PT30S"
            : plain == typeof(DateTimeOffset) ? "a time such as 2026-11-21T12:00:00Z"
            : plain == typeof(int) || plain == typeof(long) ? "a whole number"
            : plain.IsPrimitive ? "a number"
            : InfoOf(plain).Kind == JsonTypeInfoKind.Enumerable ? "a list"
            : $"an object with the fields {Fields(plain)}";
    }
}
