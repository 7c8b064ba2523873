using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Tests.Temporal.CommandLine;

/// <summary>
/// What a program prints, without what differs from run to run: ids, times, widths of columns, the order of JSON's members.
/// </summary>
internal static partial class ComparableOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The lines that can be compared.</summary>
    /// <param name="text">What was printed.</param>
    /// <param name="address">Of the server, which is another for each.</param>
    /// <param name="known">Lines that are known to differ; they are left out.</param>
    public static IReadOnlyList<string> Lines(string text, string address, IReadOnlyList<Regex> known)
    {
        string same = Ids().Replace(Sorted(text).Replace(address, "ADDRESS", StringComparison.Ordinal), "ID");
        same = Times().Replace(same, "TIME");
        same = Ages().Replace(same, "AGO");
        same = Durations().Replace(same, "LENGTH");
        same = StickyQueues().Replace(same, "$1-STICKY");
        return
        [
            // A member of JSON that is left out may have been the last one.
            .. same.Split('\n').Select(line => WithSingleBlanks(line).Trim().TrimEnd(',')).Where(line => line.Length > 0)
                .Where(line => !known.Any(pattern => pattern.IsMatch(line))),
        ];
    }

    /// <summary>A text without the widths of its columns.</summary>
    public static string WithSingleBlanks(string text) => Blanks().Replace(text, " ");

    private static string Sorted(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed[0] is not ('{' or '['))
        {
            return text;
        }

        try
        {
            return Sorted(JsonNode.Parse(trimmed))!.ToJsonString(Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    // Arrays of numbers are sets: the SDK's flags.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items when items.All(item => item?.GetValueKind() == JsonValueKind.Number) =>
            new JsonArray([.. items.OrderBy(item => item!.GetValue<double>()).Select(item => item!.DeepClone())]),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Times();

    [GeneratedRegex(@"\b(\d+|a few|an?) (second|minute|hour|day|week|month|year)s? (ago|from now)|\bnow\b|\b\d+\.\d+[a-z]+ (ago|from now)")]
    private static partial Regex Ages();

    [GeneratedRegex(@"(\b\d+m )?\b\d+(\.\d+)?(ms|µs|s)\b|(?<=durationMillis"": )\d+")]
    private static partial Regex Durations();

    [GeneratedRegex("(the worker)-[0-9a-f]{32}")]
    private static partial Regex StickyQueues();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}
