namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>Something that people are told of. It carries no secret and no raw log line.</summary>
/// <param name="Type">What happened, such as <c>gate.waiting</c>.</param>
/// <param name="Severity">How much it asks of those who get it.</param>
/// <param name="DedupeKey">The same for each delivery of the same notice, which may arrive more than once.</param>
/// <param name="Title">A short line.</param>
/// <param name="Sentence">What happened, and what to do.</param>
public sealed record NotificationEvent(
    string Type, NotificationSeverity Severity, string DedupeKey, string Title, string Sentence)
{
    /// <summary>The team that it concerns. Default: null, no team.</summary>
    public string? Team { get; init; }

    /// <summary>The target of the change. Default: null, none.</summary>
    public string? Target { get; init; }

    /// <summary>The change. Default: null, no change.</summary>
    public string? ChangeId { get; init; }

    /// <summary>
    /// What this belongs to, where it asks somebody to act or says that nobody needs to any more: one page for all notices of it. Default:
    /// null, nobody needs to.
    /// </summary>
    public string? Incident { get; init; }

    /// <summary>Whether nobody needs to act for <see cref="Incident"/> any more. Default: false.</summary>
    public bool IsOver { get; init; }

    /// <summary>The one route that it goes to, whatever that takes. Default: null, all that take it.</summary>
    public string? Route { get; init; }

    /// <summary>Where there is more to read. Default: null, nowhere.</summary>
    public string? Link { get; init; }
}
