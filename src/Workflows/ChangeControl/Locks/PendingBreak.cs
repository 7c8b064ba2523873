namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A break that waits for its second person.</summary>
/// <param name="Asked">What the first person sent.</param>
/// <param name="Until">Until when it can be confirmed.</param>
public sealed record PendingBreak(BreakLock Asked, DateTimeOffset Until);
