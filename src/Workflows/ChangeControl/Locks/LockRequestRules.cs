namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Whether what a guard is sent is complete: anybody who can call Temporal can send it anything. Pure.</summary>
internal static class LockRequestRules
{
    /// <summary>Why this asks for no lock; null where it does.</summary>
    public static Refusal? Refuse(LockRequest? request) =>
        request is { Holder: { WorkflowId: not null, RunId: not null, ChangeId: not null }, Places: { Count: > 0 } places }
            && places.All(place => place is { Target.Context: not null, ClusterUid: not null })
            && Enum.IsDefined(request.Mode) && Enum.IsDefined(request.Priority)
            ? null
            : Refusal.Block(
                ReasonCodes.InputInvalid, "A lock request needs the run that asks, the clusters that it touches, a mode and a priority.");

    /// <summary>Why this gives no lock back; null where it does.</summary>
    public static Refusal? Refuse(LockHolder? holder) => holder is { WorkflowId: not null, RunId: not null }
        ? null
        : Refusal.Block(ReasonCodes.InputInvalid, "A release needs the holder of the lock.");

    /// <summary>Why this breaks no lock; null where it may.</summary>
    public static Refusal? Refuse(BreakLock? ask) =>
        ask is null ? Refusal.Block(ReasonCodes.InputInvalid, "A break needs the name of the person who asks for it, and a reason.") : null;
}
