using Orchestrator.Workflows.ChangeControl.Notifications;

namespace Orchestrator.Activities.Notifications;

/// <summary>Which notices go to which channels.</summary>
public sealed class RouteOptions
{
    /// <summary>The types of events, such as <c>change.paused</c> or <c>change.*</c>. Default: all.</summary>
    public IList<string> Events { get; } = [];

    /// <summary>The least severity. Default: <c>Info</c>, all.</summary>
    public NotificationSeverity AtLeast { get; set; }

    /// <summary>The teams. Default: all, and notices of no team.</summary>
    public IList<string> Teams { get; } = [];

    /// <summary>The names of channels, in the order in which they are tried. At least one.</summary>
    public IList<string> Channels { get; } = [];
}
