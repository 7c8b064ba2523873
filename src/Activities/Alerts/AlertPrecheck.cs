using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Whether the alerts of a cluster can be looked out for while it is changed: what is unknown is not green.</summary>
internal sealed class AlertPrecheck(Alertmanager alertmanager, TimeProvider timeProvider)
{
    /// <summary>Looks once.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="client">Its API.</param>
    /// <param name="namespace">The namespace of the change.</param>
    /// <param name="isLaptop">Whether a cluster may do without.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether they can be; and what speaks against the change, or should be known of it.</returns>
    public async Task<(bool HasAlerts, IReadOnlyList<Refusal> Refusals)> CheckAsync(
        Cluster cluster, IKubernetes client, string @namespace, bool isLaptop, CancellationToken cancellationToken)
    {
        if (cluster.Options.Alertmanager.Url is not { } url || url == AlertmanagerOptions.None)
        {
            return (false, Without(cluster, isLaptop));
        }

        try
        {
            DateTimeOffset asked = timeProvider.GetUtcNow();
            (IReadOnlyList<CriticalAlert> alerts, DateTimeOffset? clock) = await alertmanager.ReadAsync(cluster, client, new BlastRadius([], [@namespace], []), cancellationToken);
            List<Refusal> refusals = [.. alerts.Select(alert => Refusal.Warn(ReasonCodes.CriticalAlert, $"A critical alert fires already: {alert}.", $"alert {alert.Name}"))];
            if (clock is not null && ClockRules.Refuse($"Alertmanager {url} of cluster {cluster.Name}", asked, timeProvider.GetUtcNow(), clock) is { } skew)
            {
                refusals.Add(skew);
            }

            return (true, refusals);
        }
        catch (AlertsUnreadableException e)
        {
            return (false,
            [
                Refusal.Unknown(
                    ReasonCodes.AlertsUnreadable,
                    $"The alerts of cluster {cluster.Name} could not be read: {e.Message}",
                    $"cluster {cluster.Name}",
                    "Make the Alertmanager reachable from the worker; what cannot be read blocks."),
            ]);
        }
    }

    private static IReadOnlyList<Refusal> Without(Cluster cluster, bool isLaptop)
    {
        string key = $"{InventoryOptions.Section}:Clusters:{cluster.Name}:Alertmanager:Url";
        return cluster.Options.Alertmanager.Url is not null
            ? [Refusal.Warn(ReasonCodes.AlertsUnreadable, $"Nobody looks out for alerts of cluster {cluster.Name} while it is changed: {key} says {AlertmanagerOptions.None}.", $"cluster {cluster.Name}")]
            : isLaptop
                ? []
                :
                [
                    Refusal.Unknown(
                        ReasonCodes.AlertsUnreadable,
                        $"The inventory names no Alertmanager for cluster {cluster.Name}: nobody would look out for alerts while it is changed.",
                        $"cluster {cluster.Name}",
                        $"Set {key} to its address; to {AlertmanagerOptions.None} where there is none."),
                ];
    }
}
