namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A fencing token, as every mutating activity carries it: it refuses to act where the cluster shows a newer one.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Epoch">The token.</param>
/// <param name="Mode">How the lock is held. Of one that is held alone, the token on the cluster must name the run.</param>
public sealed record Fence(string Guard, long Epoch, LockMode Mode = LockMode.Exclusive);
