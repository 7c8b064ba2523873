using System.Text.Json.Nodes;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads the answer of an Alertmanager. Pure.</summary>
internal static class FiringAlerts
{
    /// <summary>The alerts of these namespaces and nodes, by name, place and fingerprint.</summary>
    /// <param name="answer">The list of alerts.</param>
    /// <param name="reach">Whose alerts count.</param>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static IReadOnlyList<CriticalAlert> Of(JsonNode? answer, BlastRadius reach) => answer is JsonArray alerts
        ?
        [
            .. alerts.Select(alert => Read(alert, reach)).OfType<CriticalAlert>()
                .OrderBy(alert => alert.Name, StringComparer.Ordinal)
                .ThenBy(alert => alert.Place, StringComparer.Ordinal)
                .ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal),
        ]
        : throw new FormatException("it is no array.");

    private static CriticalAlert? Read(JsonNode? alert, BlastRadius reach)
    {
        if (alert is not JsonObject { } row || row["labels"] is not JsonObject labels || (string?)row["fingerprint"] is not { } fingerprint)
        {
            throw new FormatException("an alert has no labels or no fingerprint.");
        }

        string? place = Place(labels, reach);
        return place is null
            ? null
            : new(
                fingerprint,
                (string?)labels["alertname"] ?? "an alert without a name",
                place,
                DateTimeOffset.Parse((string?)row["startsAt"] ?? throw new FormatException("an alert has no startsAt."), System.Globalization.CultureInfo.InvariantCulture),
                (string?)row["annotations"]?["summary"] ?? (string?)row["annotations"]?["description"]);
    }

    // The labels that kube-prometheus and the exporters of Confluent use.
    private static string? Place(JsonObject labels, BlastRadius reach)
    {
        string? @namespace = (string?)labels["namespace"];
        string? node = (string?)labels["node"];
        return @namespace is not null && reach.Namespaces.Contains(@namespace) ? @namespace
            : node is not null && reach.Nodes.Contains(node) ? node
            : null;
    }
}
