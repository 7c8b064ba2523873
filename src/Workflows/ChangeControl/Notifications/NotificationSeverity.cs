using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>How much a notice asks of those who get it, the least first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationSeverity>))]
public enum NotificationSeverity
{
    /// <summary>To know.</summary>
    Info,

    /// <summary>To act upon in working hours.</summary>
    Warning,

    /// <summary>To act upon now.</summary>
    Page,
}
