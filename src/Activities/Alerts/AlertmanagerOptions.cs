using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Alerts;

/// <summary>The Alertmanager that has the alerts of a cluster, and which of them count.</summary>
public sealed class AlertmanagerOptions : HttpSecurityOptions
{
    /// <summary>The <see cref="Url"/> of a cluster that has none: nobody looks out for its alerts, and every plan says so.</summary>
    public const string None = "none";

    /// <summary>What <see cref="Severities"/> is where nothing is configured.</summary>
    public static IReadOnlyList<string> DefaultSeverities { get; } = ["critical", "page"];

    /// <summary>
    /// Its address, such as <c>http://alertmanager.monitoring.svc:9093</c>, with its path prefix; or <c>none</c>. Default: null, which the
    /// profile <c>laptop</c> takes for <c>none</c> and any other refuses.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The values of the label <c>severity</c> that count, in any case. Default: <c>critical</c> and <c>page</c>.</summary>
    public IReadOnlyList<string>? Severities { get; set; }

    /// <summary>
    /// The label that tells the clusters of a shared Alertmanager apart, such as <c>cluster</c>. An alert with another value in it does not
    /// count; one without it does. Default: null, all alerts are taken for this cluster's.
    /// </summary>
    public string? ClusterLabel { get; set; }

    /// <summary>The value of <see cref="ClusterLabel"/> for this cluster. Default: the cluster's name in the inventory.</summary>
    public string? ClusterLabelValue { get; set; }
}
