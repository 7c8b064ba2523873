namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A guard's answer to a request for its lock.</summary>
/// <param name="Grant">The lock; null where it is queued for, and <see cref="LockNames.GrantedSignal"/> comes later.</param>
/// <param name="Waiting">What it waits for, in one sentence: who holds it, since when, and until when that was expected.</param>
public sealed record LockAnswer(LockGrant? Grant, string? Waiting = null);
