using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Temporalio.Activities;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads the alerts of a cluster.</summary>
internal sealed class AlertActivities(KubernetesClients clients, AlertReader reader) : IAlertActivities
{
    /// <inheritdoc/>
    [Activity("ReadAlerts")]
    public Task<AlertReading> ReadAlertsAsync(ReadAlertsInput input) => Failures.TranslateAsync(() =>
    {
        (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
        return ActivityCall.BeatingAsync(() => reader.ReadAsync(cluster, client, input.Reach, ActivityCall.Token));
    });
}
