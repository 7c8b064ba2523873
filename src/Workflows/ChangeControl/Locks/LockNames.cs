namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Names of the locks that live in histories and on the server; none is ever renamed.</summary>
public static class LockNames
{
    /// <summary>
    /// Workflow type of a guard; its workflow id is the guard's id, see <see cref="GuardId"/>. Its query is <c>status</c>.
    /// </summary>
    public const string ClusterGuard = "ClusterGuard";

    /// <summary>Update of a guard: asks for the lock. Takes a <see cref="LockRequest"/>, answers with a <see cref="LockAnswer"/>.</summary>
    public const string AcquireUpdate = "acquire";

    /// <summary>Update of a guard: gives the lock, or the place in its queue, back. Takes a <see cref="LockHolder"/>.</summary>
    public const string ReleaseUpdate = "release";

    /// <summary>
    /// Update of a guard: a person asks to break the lock. Takes a <see cref="BreakLock"/>, answers with a <see cref="GuardStatus"/>.
    /// </summary>
    public const string BreakUpdate = "break";

    /// <summary>
    /// Update of a guard: a second person confirms it. Takes a <see cref="BreakLock"/>, answers with a <see cref="GuardStatus"/>.
    /// </summary>
    public const string ConfirmBreakUpdate = "confirm-break";

    /// <summary>Activity of a guard: ends when one of its holders has, with an <see cref="EndedHolder"/>.</summary>
    public const string WatchHoldersActivity = "WatchHolders";

    /// <summary>Signal to a run: the lock that it queued for is its own. Carries a <see cref="LockGrant"/>.</summary>
    public const string GrantedSignal = "lock-granted";

    /// <summary>Signal to a run: its lock was broken; it touches nothing more. Carries a <see cref="LockRevocation"/>.</summary>
    public const string RevokedSignal = "lock-revoked";
}
