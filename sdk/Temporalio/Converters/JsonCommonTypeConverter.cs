using System.Text.Json;
using System.Text.Json.Serialization;

namespace Temporalio.Converters;

/// <summary>
/// Reads JSON of unknown shape into plain .NET values: objects as <c>Dictionary&lt;string, object?&gt;</c>, arrays as
/// <c>List&lt;object?&gt;</c>, numbers as long where they fit and else double.
/// </summary>
public class JsonCommonTypeConverter : JsonConverter<object?>
{
    /// <summary>The one instance that is needed.</summary>
    public static readonly JsonCommonTypeConverter Instance = new();

    /// <inheritdoc/>
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject => JsonSerializer.Deserialize<Dictionary<string, object?>>(ref reader, options),
            JsonTokenType.StartArray => JsonSerializer.Deserialize<List<object?>>(ref reader, options),
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.TryGetInt64(out long whole) ? whole : reader.GetDouble(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw new JsonException($"The JSON token {reader.TokenType} starts no value."),
        };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value?.GetType() ?? typeof(object), options);
}
