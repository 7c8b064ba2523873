namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What a guard begins with: nothing, or what its earlier run hands over.</summary>
/// <param name="Guard">Its id.</param>
/// <param name="Epoch">The newest fencing token.</param>
/// <param name="Holders">Who holds the lock.</param>
/// <param name="Queue">Who waits.</param>
/// <param name="QuarantinedUntil">Until when nobody gets it.</param>
/// <param name="LastBreak">The last break.</param>
public sealed record GuardInput(
    string Guard,
    long Epoch = 0,
    IReadOnlyList<LockHold>? Holders = null,
    IReadOnlyList<LockWaiter>? Queue = null,
    DateTimeOffset? QuarantinedUntil = null,
    LockBreak? LastBreak = null)
{
    /// <summary>A break that waits for its second person.</summary>
    public PendingBreak? PendingBreak { get; init; }

    /// <summary>How the inventory names what it guards, as far as changes have asked.</summary>
    public IReadOnlyList<string> KnownAs { get; init; } = [];
}
