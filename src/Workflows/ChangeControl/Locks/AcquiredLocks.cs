namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What asking the guards came to.</summary>
/// <param name="Grants">The locks that are held, in the order in which they were asked for.</param>
/// <param name="QueuedAt">The guard that is queued for; null where all locks are held.</param>
/// <param name="Waiting">What is waited for, in one sentence.</param>
public sealed record AcquiredLocks(IReadOnlyList<LockGrant> Grants, string? QueuedAt = null, string? Waiting = null);
