namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The holders to watch.</summary>
/// <param name="Holders">The runs.</param>
public sealed record WatchHoldersInput(IReadOnlyList<LockHolder> Holders)
{
    /// <summary>Those of them that have ended, as the guard knows, and whose journal could not be read: told once it can be.</summary>
    public IReadOnlyList<LockHolder> KnownToHaveEnded { get; init; } = [];
}
