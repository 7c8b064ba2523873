using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads the critical alerts of a cluster; that they cannot be read is an answer too.</summary>
internal sealed class AlertReader(Alertmanager alertmanager)
{
    /// <summary>Reads them, and gives an outage 15 s to pass.</summary>
    public Task<AlertReading> ReadAsync(Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken) =>
        AnswerAsync(cluster, () => alertmanager.ReadAsync(cluster, client, reach, cancellationToken));

    /// <summary>Reads them with one try: a watch must not be kept from what else there is to see.</summary>
    public Task<AlertReading> ReadOnceAsync(
        Cluster cluster, IKubernetes client, BlastRadius reach, CancellationToken cancellationToken) =>
        AnswerAsync(cluster, () => alertmanager.ReadOnceAsync(cluster, client, reach, cancellationToken));

    private static async Task<AlertReading> AnswerAsync(Cluster cluster, Func<Task<FiringAlerts>> read)
    {
        if (cluster.Options.Alertmanager.Url is null or AlertmanagerOptions.None)
        {
            // The run began while there was one.
            return new AlertReading([], $"the inventory no longer has an Alertmanager for cluster {cluster.Name}.");
        }

        try
        {
            FiringAlerts firing = await read();
            return new AlertReading(firing.Newest) { Total = firing.Total };
        }
        catch (AlertsUnreadableException e)
        {
            return new AlertReading([], e.Message);
        }
    }
}
