namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A break that was carried out.</summary>
/// <param name="Asked">What the first person sent.</param>
/// <param name="ConfirmedBy">The second person.</param>
/// <param name="Holders">Who held the lock.</param>
/// <param name="Epoch">The fencing token that counts since.</param>
/// <param name="At">When.</param>
public sealed record LockBreak(BreakLock Asked, string ConfirmedBy, IReadOnlyList<LockHolder> Holders, long Epoch, DateTimeOffset At)
{
    /// <summary>
    /// What those who had ended had not put back, one sentence each: it is up to who broke the lock. Those who still ran show theirs
    /// themselves.
    /// </summary>
    public IReadOnlyList<string> Left { get; init; } = [];
}
