namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A lock that a run takes.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Mode">How.</param>
public sealed record LockNeed(string Guard, LockMode Mode);
