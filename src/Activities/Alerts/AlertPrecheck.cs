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
                    "Make the Alertmanager reachable from the worker; a change is blocked while alerts cannot be read."),
            ]);
        }
    }

    private static IEnumerable<Refusal> Fire(FiringAlerts firing)
    {
        foreach (CriticalAlert alert in firing.Newest.Take(Named))
        {
            yield return Refusal.Warn(ReasonCodes.CriticalAlert, $"A critical alert is already firing: {alert}.", $"alert {alert.Name}");
        }

        if (firing.Total > Named)
        {
            yield return Refusal.Warn(
                ReasonCodes.CriticalAlert, $"And {firing.Total - Named} more critical alerts are already firing.", "alerts");
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
                    $"Alerts of {who} are not watched during the change: {key} is {AlertmanagerOptions.None}.",
                    who),
            ];
        }

        return isLaptop
            ? []
            :
            [
                Refusal.Unknown(
                    ReasonCodes.AlertsUnreadable,
                    $"The inventory has no Alertmanager for {who}: its alerts would not be watched during the change.",
                    who,
                    $"Set {key} to its address, or to {AlertmanagerOptions.None} if there is none."),
            ];
    }
}
