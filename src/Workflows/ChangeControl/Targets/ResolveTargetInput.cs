namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What is asked of the inventory.</summary>
/// <param name="Target">The target as the caller named it.</param>
/// <param name="Rights">The rights that the change needs there; null asks for none.</param>
public sealed record ResolveTargetInput(ChangeTarget Target, IReadOnlyList<AccessRight>? Rights = null);
