using System.Globalization;
using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Alerts;

namespace Orchestrator.Activities.Alerts;

/// <summary>The alerts that count, out of the answer of an Alertmanager.</summary>
/// <param name="Newest">The newest <see cref="AlertReading.MaximumListed"/> of them, by name, place and fingerprint.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Clock">What the server's clock says; null where it does not tell.</param>
internal sealed record FiringAlerts(IReadOnlyList<CriticalAlert> Newest, int Total, DateTimeOffset? Clock = null)
{
    private const int LongestSummary = 300;

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The list of alerts, JSON.</param>
    /// <param name="filter">Which of them count.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is not a list of alerts.</exception>
    public static FiringAlerts Read(Stream answer, AlertFilter filter)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("it is not an array.");
        }

        // Tens of thousands may fire in an outage: the oldest of the newest is first to go.
        PriorityQueue<CriticalAlert, (DateTimeOffset, string)> newest = new();
        int total = 0;
        foreach (CriticalAlert alert in document.RootElement.EnumerateArray().Select(row => Read(row, filter)).OfType<CriticalAlert>())
        {
            total++;
            newest.Enqueue(alert, (alert.Since, alert.Fingerprint));
            if (newest.Count > AlertReading.MaximumListed)
            {
                newest.Dequeue();
            }
        }

        return new(
            [
                .. newest.UnorderedItems.Select(row => row.Element)
                    .OrderBy(alert => alert.Name, StringComparer.Ordinal)
                    .ThenBy(alert => alert.Place, StringComparer.Ordinal)
                    .ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal),
            ],
            total);
    }

    private static CriticalAlert? Read(JsonElement row, AlertFilter filter)
    {
        if (Member(row, "labels") is not { ValueKind: JsonValueKind.Object } labels || Text(row, "fingerprint") is not { } fingerprint)
        {
            throw new FormatException("an alert has no labels or no fingerprint.");
        }

        if (filter.Place(labels) is not { } place)
        {
            return null;
        }

        string name = Text(labels, "alertname") ?? "an alert without a name";
        JsonElement annotations = Member(row, "annotations") ?? default;
        string? summary = Text(annotations, "summary") ?? Text(annotations, "description");
        string? shown = summary is { Length: > LongestSummary } ? $"{summary[..LongestSummary]}…" : summary;
        return new(fingerprint, name, place, Since(row, name), shown);
    }

    private static DateTimeOffset Since(JsonElement row, string name) => Member(row, "startsAt") is not { } value
        ? throw new FormatException($"alert {name} has no startsAt.")
        : value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(
                value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset since)
            ? since
            : throw new FormatException($"alert {name} has the startsAt {value.GetRawText()}, which is not a time.");

    private static JsonElement? Member(JsonElement row, string name) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? Text(JsonElement row, string name) =>
        Member(row, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
