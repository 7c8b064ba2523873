using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Temporalio.Activities;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads the alerts of a cluster.</summary>
internal sealed class AlertActivities(KubernetesClients clients, Alertmanager alertmanager) : IAlertActivities
{
    /// <inheritdoc/>
    [Activity("ReadAlerts")]
    public Task<AlertReading> ReadAlertsAsync(ReadAlertsInput input) => Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        (Cluster cluster, KubernetesClient client) = clients.Of(input.Target);
        if (cluster.Options.Alertmanager.Url is null or AlertmanagerOptions.None)
        {
            // The run began while there was one.
            return new AlertReading([], $"the inventory names no Alertmanager for cluster {cluster.Name} any more.");
        }

        try
        {
            return new AlertReading((await alertmanager.ReadAsync(cluster, client, input.Reach, ActivityCall.Token)).Alerts);
        }
        catch (AlertsUnreadableException e)
        {
            return new AlertReading([], e.Message);
        }
    }));
}
