namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>How much a notice asks of those who get it, the least first.</summary>
public enum NotificationSeverity
{
    /// <summary>To know.</summary>
    Info,

    /// <summary>To act upon in working hours.</summary>
    Warning,

    /// <summary>To act upon now.</summary>
    Page,
}
