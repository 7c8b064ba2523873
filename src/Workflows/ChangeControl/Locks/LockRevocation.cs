namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A lock that was broken.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Epoch">The fencing token that counts from now on.</param>
/// <param name="Sentence">Who broke it, who confirmed it, and why.</param>
public sealed record LockRevocation(string Guard, long Epoch, string Sentence);
