namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The fencing token that was written.</summary>
/// <param name="Epoch">The token.</param>
public sealed record RaisedFence(long Epoch);
