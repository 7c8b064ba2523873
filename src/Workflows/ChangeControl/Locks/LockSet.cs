using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>
/// The locks that a change takes, in the order in which it takes them: the parent before the child, then by name, so that no two changes
/// wait for each other.
/// </summary>
public static class LockSet
{
    /// <summary>What writing and reading the fencing tokens takes.</summary>
    public static IReadOnlyList<AccessRight> Rights { get; } =
    [
        .. new[] { "get", "create", "update" }
            .Select(verb => new AccessRight(verb, "coordination.k8s.io", "leases", Namespace: GuardId.FenceNamespace)),
    ];

    /// <summary>
    /// What a change of one object takes: that object alone, and its namespace and cluster beside others. In T3 the whole cluster alone.
    /// Where a Kafka cluster is changed, that as well, alone: its nodes may be on other clusters too.
    /// </summary>
    /// <param name="place">The cluster and namespace.</param>
    /// <param name="name">The object's name; null where the namespace itself is changed.</param>
    /// <param name="kafkaClusterId">The Kafka cluster that is changed; null where none is.</param>
    /// <param name="tier">The tier of the change.</param>
    public static IReadOnlyList<LockNeed> Of(LockPlace place, string? name, string? kafkaClusterId, ChangeTier tier) =>
    [
        .. OfKubernetes(place.ClusterUid, place.Target.Namespace, name, tier),
        .. kafkaClusterId is null ? (LockNeed[])[] : [new LockNeed(GuardId.OfKafka(kafkaClusterId), LockMode.Exclusive)],
    ];

    private static IReadOnlyList<LockNeed> OfKubernetes(string uid, string? @namespace, string? name, ChangeTier tier)
    {
        if (tier == ChangeTier.T3 || @namespace is null)
        {
            return [new(GuardId.OfCluster(uid), LockMode.Exclusive)];
        }

        LockNeed cluster = new(GuardId.OfCluster(uid), LockMode.Shared);
        string space = GuardId.OfNamespace(uid, @namespace);
        return name is null
            ? [cluster, new(space, LockMode.Exclusive)]
            : [cluster, new(space, LockMode.Shared), new(GuardId.OfObject(uid, @namespace, name), LockMode.Exclusive)];
    }
}
