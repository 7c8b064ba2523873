using Orchestrator.Activities.Http;

namespace Orchestrator.Activities.Alerts;

/// <summary>The Alertmanager that has the alerts of a cluster.</summary>
public sealed class AlertmanagerOptions : HttpSecurityOptions
{
    /// <summary>The <see cref="Url"/> of a cluster that has none: nobody looks out for its alerts, and every plan says so.</summary>
    public const string None = "none";

    /// <summary>
    /// Its address, such as <c>http://alertmanager.monitoring.svc:9093</c>, with its path prefix; or <c>none</c>. Default: null, which the
    /// profile <c>laptop</c> takes for <c>none</c> and any other refuses.
    /// </summary>
    public string? Url { get; set; }
}
