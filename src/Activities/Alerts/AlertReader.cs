using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Reads the critical alerts of a cluster; that they cannot be read is an answer too.</summary>
internal sealed class AlertReader(Alertmanager alertmanager)
{
    /// <summary>Reads them once.</summary>
    public async Task<AlertReading> ReadAsync(Cluster cluster, KubernetesClient client, BlastRadius reach, CancellationToken cancellationToken)
    {
        if (cluster.Options.Alertmanager.Url is null or AlertmanagerOptions.None)
        {
            // The run began while there was one.
            return new AlertReading([], $"the inventory names no Alertmanager for cluster {cluster.Name} any more.");
        }

        try
        {
            return new AlertReading((await alertmanager.ReadAsync(cluster, client, reach, cancellationToken)).Alerts);
        }
        catch (AlertsUnreadableException e)
        {
            return new AlertReading([], e.Message);
        }
    }
}
