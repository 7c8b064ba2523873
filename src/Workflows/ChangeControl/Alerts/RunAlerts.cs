using Orchestrator.Workflows.ChangeControl.Planning;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Looks out for critical alerts that begin while a run changes something.</summary>
/// <param name="call">Makes a call of the run.</param>
internal sealed class RunAlerts(Func<Func<ActivityOptions, Task<AlertReading>>, Task<AlertReading>> call)
{
    private ChangeTarget? _target;

    /// <summary>What is looked out for; null where the cluster has no source of alerts, and before the first step.</summary>
    public AlertWatch? Watch { get; private set; }

    /// <summary>Begins: what fires at the first reading is not of the run's making.</summary>
    public void Begin(ChangeTarget target, BlastRadius reach) => (_target, Watch) = (target, new AlertWatch(reach));

    /// <summary>
    /// What speaks against going on; null where nothing does. Whoever goes on all the same has seen it: it is not told again.
    /// </summary>
    public async Task<string?> AgainstAsync() => Watch is null ? null : Take(await ReadAsync());

    /// <summary>Takes what a person has seen as known, and looks again.</summary>
    /// <param name="seen">
    /// What is looked out for after what they have seen; null where that is not told: what fires now counts as seen.
    /// </param>
    /// <returns>The code and the sentence of what speaks against going on and nobody has seen yet; null where nothing does.</returns>
    public async Task<(string Code, string Sentence)?> SeeAsync(AlertWatch? seen)
    {
        if (Watch is null)
        {
            return null;
        }

        Watch = seen ?? Watch;
        AlertReading reading = await ReadAsync();
        string? against = Take(reading);
        return against is null || (seen is null && reading.Unread is null) ? null
            : (reading.Unread is null ? ReasonCodes.CriticalAlert : ReasonCodes.AlertsUnreadable, against);
    }

    private Task<AlertReading> ReadAsync()
    {
        ReadAlertsInput read = new(_target!, Watch!.Reach);
        return call(options => Workflow.ExecuteActivityAsync((IAlertActivities a) => a.ReadAlertsAsync(read), options));
    }

    private string? Take(AlertReading reading)
    {
        string? against = Watch!.Against(reading);
        Watch = Watch.Seen(reading);
        return against;
    }
}
