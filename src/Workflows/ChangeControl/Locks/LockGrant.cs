namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A lock that was given.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Mode">How it is held.</param>
/// <param name="Epoch">The fencing token: whoever finds a greater one on the cluster touches nothing more.</param>
/// <param name="At">When it was given.</param>
public sealed record LockGrant(string Guard, LockMode Mode, long Epoch, DateTimeOffset At);
