using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Inputs;

/// <summary>
/// Durations as people write them: <c>90s</c>, <c>15m</c>, <c>1h30m</c>, <c>2d</c>, <c>500ms</c>, and ISO 8601's <c>PT15M</c>.
/// </summary>
internal static partial class DurationText
{
    /// <summary>What a duration looks like.</summary>
    public const string Rule = "a duration such as 90s, 15m, 1h30m or PT15M";

    // The procedures' own reading, which refuses what could be read in two ways.
    private static readonly JsonSerializerOptions Iso8601 = new() { Converters = { new DurationJsonConverter() } };

    /// <summary>Reads a duration that is not negative; null where the text is none.</summary>
    public static TimeSpan? Read(string text)
    {
        try
        {
            return text.StartsWith('P') ? JsonValue.Create(text).Deserialize<TimeSpan>(Iso8601) : ReadUnits(text);
        }
        catch (Exception e) when (e is JsonException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes a duration in the largest units that fit: <c>1h 30m</c>, <c>45s</c>.</summary>
    public static string Write(TimeSpan duration)
    {
        (int Value, string Unit)[] units =
        [
            (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s"), (duration.Milliseconds, "ms"),
        ];
        string[] parts = [.. units.Where(part => part.Value != 0).Select(part => $"{part.Value}{part.Unit}")];
        return parts.Length == 0 ? "0s" : string.Join(' ', parts);
    }

    private static TimeSpan? ReadUnits(string text)
    {
        Match match = Units().Match(text);
        return !match.Success || text.Length == 0 ? null
            : TimeSpan.FromDays(Number(match, "d")) + TimeSpan.FromHours(Number(match, "h")) + TimeSpan.FromMinutes(Number(match, "m"))
            + TimeSpan.FromSeconds(Number(match, "s")) + TimeSpan.FromMilliseconds(Number(match, "ms"));
    }

    private static double Number(Match match, string unit) =>
        match.Groups[unit] is { Success: true, Value: { } value } ? double.Parse(value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^((?<d>\d+(\.\d+)?)d)?((?<h>\d+(\.\d+)?)h)?((?<m>\d+(\.\d+)?)m)?((?<s>\d+(\.\d+)?)s)?((?<ms>\d+)ms)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Units();
}
