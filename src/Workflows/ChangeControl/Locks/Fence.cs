namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A fencing token, as every mutating activity carries it: it refuses to act where the cluster shows a newer one.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Epoch">The token.</param>
public sealed record Fence(string Guard, long Epoch);
