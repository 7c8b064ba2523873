namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What is asked of the inventory.</summary>
/// <param name="Target">The target as the caller named it.</param>
public sealed record ResolveTargetInput(ChangeTarget Target);
