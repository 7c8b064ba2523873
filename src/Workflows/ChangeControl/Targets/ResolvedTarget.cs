namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What the inventory and the policy say of a target.</summary>
/// <param name="Target">The target, with its namespace filled in.</param>
/// <param name="ClusterUid">UID of the namespace <c>kube-system</c>; empty where the target is refused.</param>
/// <param name="Policy">The policy that holds for it.</param>
/// <param name="Refusals">Why it cannot be used: unknown to the inventory, or out of reach.</param>
public sealed record ResolvedTarget(ChangeTarget Target, string ClusterUid, ChangePolicy Policy, IReadOnlyList<Refusal> Refusals);
