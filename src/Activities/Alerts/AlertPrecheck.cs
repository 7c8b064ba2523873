using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Activities.Alerts;

/// <summary>Whether somebody would see that alerts begin while the cluster is changed. What is unknown is not green.</summary>
internal sealed class AlertPrecheck(Alertmanager alertmanager, TimeProvider timeProvider)
{
    private const int Named = 10;

    /// <summary>Looks once, before the plan.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="client">Its API, for credentials in Secrets.</param>
    /// <param name="namespace">The namespace of the change: alerts of others do not count yet, since its reach is not known.</param>
    /// <param name="isLaptop">Whether a cluster may do without an Alertmanager.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether there are alerts to look out for; and what speaks against the change, or should be known about it.</returns>
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
            FiringAlerts firing = await alertmanager.ReadAsync(cluster, client, new BlastRadius([], [@namespace], []), cancellationToken);
            List<Refusal> refusals = [.. Fire(firing)];
            string whose = $"Alertmanager {url} of cluster {cluster.Name}";
            if (firing.Clock is { } clock && ClockRules.Refuse(whose, asked, timeProvider.GetUtcNow(), clock) is { } skew)
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

    private static IEnumerable<Refusal> Fire(FiringAlerts firing)
    {
        foreach (CriticalAlert alert in firing.Newest.Take(Named))
        {
            yield return Refusal.Warn(ReasonCodes.CriticalAlert, $"A critical alert fires already: {alert}.", $"alert {alert.Name}");
        }

        if (firing.Total > Named)
        {
            yield return Refusal.Warn(
                ReasonCodes.CriticalAlert, $"And {firing.Total - Named} more critical alerts fire already.", "alerts");
        }
    }

    private static IReadOnlyList<Refusal> Without(Cluster cluster, bool isLaptop)
    {
        string key = $"{InventoryOptions.Section}:Clusters:{cluster.Name}:Alertmanager:Url";
        string who = $"cluster {cluster.Name}";
        if (cluster.Options.Alertmanager.Url is not null)
        {
            return
            [
                Refusal.Warn(
                    ReasonCodes.AlertsUnreadable,
                    $"Nobody looks out for alerts of {who} while it is changed: {key} says {AlertmanagerOptions.None}.",
                    who),
            ];
        }

        return isLaptop
            ? []
            :
            [
                Refusal.Unknown(
                    ReasonCodes.AlertsUnreadable,
                    $"The inventory names no Alertmanager for {who}: nobody would look out for alerts while it is changed.",
                    who,
                    $"Set {key} to its address; to {AlertmanagerOptions.None} where there is none."),
            ];
    }
}
