using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Reads the alerts of a cluster.</summary>
public interface IAlertActivities
{
    /// <summary>
    /// The critical alerts that fire now and that nobody has silenced, of the namespaces and nodes asked for. Alerts that cannot be read
    /// are said so in the answer and never look like none.
    /// </summary>
    [Activity("ReadAlerts")]
    [Reads]
    Task<AlertReading> ReadAlertsAsync(ReadAlertsInput input);
}
