using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Xml;

namespace Orchestrator.Starter.Inputs;

/// <summary>A kind of value: how its text is read into JSON, and the rule that a text breaks which cannot be read.</summary>
/// <param name="Rule">What a value looks like, to complete "must be …".</param>
/// <param name="Read">The value as JSON; null where the text is none.</param>
internal sealed record FieldKind(string Rule, Func<string, JsonNode?> Read)
{
    /// <summary>The kind of a type; null where the type is a record with fields of its own.</summary>
    /// <exception cref="NotSupportedException">Values of the type cannot be written as one word.</exception>
    public static FieldKind? Of(JsonTypeInfo type)
    {
        Type actual = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return actual switch
        {
            _ when actual == typeof(string) => Text,
            _ when actual == typeof(bool) => YesOrNo,
            _ when actual == typeof(int) => WholeNumber,
            _ when actual == typeof(TimeSpan) => Duration,
            _ when actual == typeof(DateTimeOffset) => Moment,
            { IsEnum: true } => OneOf(actual),
            _ when type.Kind == JsonTypeInfoKind.Enumerable => ListOf(Of(type.Options.GetTypeInfo(type.ElementType!)), type.Type),
            _ when type.Kind == JsonTypeInfoKind.Object => null,
            _ => throw NotSupported(type.Type),
        };
    }

    private static FieldKind Text { get; } = new("text", text => JsonValue.Create(text));

    private static FieldKind YesOrNo { get; } = new("true or false", text => bool.TryParse(text, out bool value) ? JsonValue.Create(value) : null);

    private static FieldKind WholeNumber { get; } = new("a whole number", text => int.TryParse(text, out int value) ? JsonValue.Create(value) : null);

    private static FieldKind Duration { get; } = new(
        DurationText.Rule,
        text => DurationText.Read(text) is { } value ? JsonValue.Create(XmlConvert.ToString(value)) : null);

    private static FieldKind Moment { get; } = new(
        "a moment such as 2026-03-01T14:00:00Z",
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset value) ? JsonValue.Create(value) : null);

    private static FieldKind OneOf(Type type)
    {
        string[] names = Enum.GetNames(type);
        return new FieldKind(
            $"one of {string.Join(", ", names.Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}",
            text => names.FirstOrDefault(name => FieldName.AreSame(name, text)) is { } name ? JsonValue.Create(name) : null);
    }

    private static FieldKind ListOf(FieldKind? item, Type type) => item is null
        ? throw NotSupported(type)
        : new FieldKind(
            item == Text ? "a list separated by commas" : $"a list separated by commas, each {item.Rule}",
            text =>
            {
                JsonNode?[] values = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item.Read)];
                return values.Contains(null) ? null : new JsonArray(values);
            });

    private static NotSupportedException NotSupported(Type type) =>
        new($"A field of type {type} cannot be set on the command line; {nameof(FieldKind)} says which can.");
}
