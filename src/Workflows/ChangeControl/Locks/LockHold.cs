namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A lock that is held.</summary>
/// <param name="Holder">By whom.</param>
/// <param name="Mode">How.</param>
/// <param name="Epoch">With which fencing token.</param>
/// <param name="Since">Since when.</param>
/// <param name="ExpectedUntil">Until when that was expected.</param>
/// <param name="Orphan">Set when the holder ended without giving it back.</param>
public sealed record LockHold(
    LockHolder Holder, LockMode Mode, long Epoch, DateTimeOffset Since, DateTimeOffset ExpectedUntil, LockOrphan? Orphan = null)
{
    /// <summary>Whether it ended, and its journal could not be read yet.</summary>
    internal bool IsUnread => Orphan is { OpenEntries: null };

    /// <summary>The clusters that its change touches, where the fencing token is written.</summary>
    public IReadOnlyList<LockPlace> Places { get; init; } = [];

    /// <summary>All guards that its change asked for.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}
