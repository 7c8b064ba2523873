using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Writes a duration as ISO 8601 (<c>PT15M</c>); reads that, and .NET's own <c>00:15:00</c>. What could be read in two ways is refused:
/// years and months (<c>P15M</c> is mostly a mistaken <c>PT15M</c>), and bare numbers (which .NET takes for days).
/// </summary>
public sealed partial class DurationJsonConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is neither form.</exception>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? throw new JsonException("A duration must be text such as PT15M, not null.");
        try
        {
            return IsoPattern().IsMatch(text) ? XmlConvert.ToTimeSpan(text)
                : text.Contains(':', StringComparison.Ordinal) ? TimeSpan.Parse(text)
                : throw new FormatException("Neither form.");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new JsonException($"'{text}' is not a valid duration such as PT15M.", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(XmlConvert.ToString(value));

    [GeneratedRegex(@"^-?P[^YM]*(T.*)?\z")]
    private static partial Regex IsoPattern();
}
