namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The holders to watch.</summary>
/// <param name="Holders">The runs.</param>
public sealed record WatchHoldersInput(IReadOnlyList<LockHolder> Holders);
