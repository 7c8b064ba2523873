namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A fencing token to be written.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Guard">The guard.</param>
/// <param name="Above">The token must be greater than this one, and than the one that the cluster shows.</param>
/// <param name="HolderIdentity">The change that gets the lock, or who broke it.</param>
public sealed record RaiseFenceInput(ChangeTarget Target, string Guard, long Above, string HolderIdentity);
