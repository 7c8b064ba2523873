using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Which alerts count, by their labels. Pure.</summary>
internal sealed class AlertFilter
{
    private readonly HashSet<string> _severities;
    private readonly string? _clusterLabel;
    private readonly string _cluster;
    private readonly BlastRadius _reach;

    private AlertFilter(HashSet<string> severities, string? clusterLabel, string cluster, BlastRadius reach) =>
        (_severities, _clusterLabel, _cluster, _reach) = (severities, clusterLabel, cluster, reach);

    /// <summary>
    /// What the server is asked for: alerts that fire, that are neither silenced nor inhibited, of these severities. The rest is judged
    /// here, since an alert is of a namespace or of a node, and filters of Alertmanager all have to match.
    /// </summary>
    public string Query => "api/v2/alerts?active=true&silenced=false&inhibited=false&filter="
        + Uri.EscapeDataString($"severity=~\"(?i:{string.Join('|', _severities.Order(StringComparer.Ordinal))})\"");

    /// <summary>The filter that a cluster's options ask for.</summary>
    public static AlertFilter Of(AlertmanagerOptions options, string clusterName, BlastRadius reach) => new(
        new(options.Severities ?? AlertmanagerOptions.DefaultSeverities, StringComparer.OrdinalIgnoreCase),
        options.ClusterLabel,
        options.ClusterLabelValue ?? clusterName,
        reach);

    /// <summary>The namespace or node by which an alert counts; null where it does not.</summary>
    /// <exception cref="FormatException">A label is not a string.</exception>
    public string? Place(JsonElement labels)
    {
        // A server that ignores the filter, as a proxy may, is not believed.
        if (Label(labels, "severity") is not { } severity || !_severities.Contains(severity))
        {
            return null;
        }

        // Without the label nobody knows whose alert it is, so it may be this cluster's.
        if (_clusterLabel is not null && Label(labels, _clusterLabel) is { Length: > 0 } of && of != _cluster)
        {
            return null;
        }

        // The labels that kube-prometheus and the exporters of Confluent use.
        return Label(labels, "namespace") is { } space && _reach.Namespaces.Contains(space) ? space
            : Label(labels, "node") is { } node && _reach.Nodes.Contains(node) ? node
            : null;
    }

    private static string? Label(JsonElement labels, string name) =>
        !labels.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new FormatException($"an alert has the label {name} {value.GetRawText()}, which is not a string.");
}
