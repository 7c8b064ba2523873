namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Where a guard stands: the answer of its query <c>status</c>.</summary>
/// <param name="Guard">Its id, such as <c>cluster/UID/confluent/kafka</c>.</param>
/// <param name="Condition">Where it stands.</param>
/// <param name="Epoch">The newest fencing token.</param>
/// <param name="Holders">Who holds it: one alone, or some that share it.</param>
/// <param name="Queue">Who waits, in the order in which they are served.</param>
/// <param name="QuarantinedUntil">Until when nobody gets it; null where there is no quarantine.</param>
/// <param name="PendingBreak">A break that waits for its second person.</param>
/// <param name="LastBreak">The last break.</param>
/// <param name="Sentence">All that in one sentence.</param>
public sealed record GuardStatus(
    string Guard,
    GuardCondition Condition,
    long Epoch,
    IReadOnlyList<LockHold> Holders,
    IReadOnlyList<LockWaiter> Queue,
    DateTimeOffset? QuarantinedUntil,
    PendingBreak? PendingBreak,
    LockBreak? LastBreak,
    string Sentence)
{
    /// <summary>How the inventory names what it guards, such as <c>lab/confluent</c>, as far as changes have asked.</summary>
    public IReadOnlyList<string> KnownAs { get; init; } = [];
}
