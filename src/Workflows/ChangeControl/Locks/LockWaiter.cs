namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A place in a guard's queue.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Since">When.</param>
public sealed record LockWaiter(LockRequest Request, DateTimeOffset Since);
