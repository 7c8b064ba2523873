namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What the inventory and the policy say of a target.</summary>
/// <param name="Target">The target, with its namespace filled in.</param>
/// <param name="ClusterUid">UID of the namespace <c>kube-system</c>; empty where the target is refused.</param>
/// <param name="Policy">The policy that holds for it.</param>
/// <param name="Refusals">Why it cannot be used: unknown to the inventory, or out of reach; and what approvers should know of it.</param>
public sealed record ResolvedTarget(ChangeTarget Target, string ClusterUid, ChangePolicy Policy, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>Whether its critical alerts can be read, and are to be looked out for while the change runs.</summary>
    public bool HasAlerts { get; init; }
}
