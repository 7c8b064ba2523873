using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>
/// The locks that a change takes, in the order in which it takes them: the parent before the child, so that no two wait for each other.
/// </summary>
public static class LockSet
{
    /// <summary>What writing and reading the fencing tokens takes.</summary>
    public static IReadOnlyList<AccessRight> Rights { get; } =
        [.. new[] { "get", "create", "update" }
            .Select(verb => new AccessRight(verb, "coordination.k8s.io", "leases", Namespace: GuardId.FenceNamespace))];

    /// <summary>
    /// What a change of one object takes: that object alone, and its namespace and cluster beside others. In T3 the whole cluster alone.
    /// </summary>
    /// <param name="target">The target, with its namespace.</param>
    /// <param name="name">The object's name; null where the namespace itself is changed.</param>
    /// <param name="tier">The tier of the change.</param>
    public static IReadOnlyList<LockNeed> Of(ChangeTarget target, string? name, ChangeTier tier)
    {
        if (tier == ChangeTier.T3 || target.Namespace is null)
        {
            return [new(GuardId.OfCluster(target), LockMode.Exclusive)];
        }

        LockNeed cluster = new(GuardId.OfCluster(target), LockMode.Shared);
        return name is null
            ? [cluster, new(GuardId.OfNamespace(target), LockMode.Exclusive)]
            : [cluster, new(GuardId.OfNamespace(target), LockMode.Shared), new(GuardId.OfObject(target, name), LockMode.Exclusive)];
    }
}
