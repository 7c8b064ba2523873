namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>How a holder ended without giving its lock back.</summary>
/// <param name="Ended">How its run ended: <c>Terminated</c>, <c>TimedOut</c>, … </param>
/// <param name="At">When that was found out.</param>
/// <param name="OpenEntries">
/// What its journal had not put back, one sentence each: while there is any, the lock stays until a person breaks it. Null where the
/// journal could not be read, which counts the same.
/// </param>
public sealed record LockOrphan(string Ended, DateTimeOffset At, IReadOnlyList<string>? OpenEntries)
{
    /// <summary>Whether the lock can be freed by itself.</summary>
    public bool IsClean => OpenEntries is { Count: 0 };
}
