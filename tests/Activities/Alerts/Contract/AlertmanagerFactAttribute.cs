namespace Orchestrator.Activities.Tests.Alerts.Contract;

/// <summary>A test on a real Alertmanager; skipped by name where the program is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlertmanagerFactAttribute : FactAttribute
{
    public AlertmanagerFactAttribute()
    {
        if (RealAlertmanager.Program is null)
        {
            Skip = "needs the program prometheus-alertmanager, Debian's package of that name, in the PATH";
        }
    }
}
