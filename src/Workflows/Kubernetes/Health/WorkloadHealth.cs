using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A Deployment, StatefulSet or DaemonSet.</summary>
/// <param name="Kind">Such as <c>StatefulSet</c>.</param>
/// <param name="Name">Namespace and name, such as <c>kafka/broker</c>.</param>
/// <param name="Wanted">How many pods it asks for.</param>
/// <param name="Ready">How many are ready.</param>
public sealed record WorkloadSeen(string Kind, string Name, int Wanted, int Ready);

/// <summary>A disruption budget.</summary>
/// <param name="Name">Namespace and name.</param>
/// <param name="Allowed">How many pods may go now.</param>
/// <param name="Healthy">How many of its pods are healthy.</param>
/// <param name="Needed">How many must stay healthy.</param>
/// <param name="Expected">How many pods it covers.</param>
/// <param name="BlocksSince">Since when it allows none; null where it allows some, or does not say.</param>
public sealed record BudgetSeen(string Name, int Allowed, int Healthy, int Needed, int Expected, DateTimeOffset? BlocksSince);

/// <summary>What is wrong with workloads and their disruption budgets. Pure.</summary>
public static class WorkloadHealth
{
    private static readonly TimeSpan BlocksFor = TimeSpan.FromHours(1);

    /// <summary>The findings of a workload: none ready is critical.</summary>
    public static IEnumerable<Finding> Check(WorkloadSeen workload)
    {
        if (workload.Ready < workload.Wanted)
        {
            yield return new(
                HealthCodes.WorkloadNotReady,
                workload.Ready == 0 ? FindingSeverity.Critical : FindingSeverity.Warning,
                $"{workload.Kind} {workload.Name}",
                $"{workload.Kind} {workload.Name} has {workload.Ready} of {workload.Wanted} pods ready.");
        }
    }

    /// <summary>The findings of a disruption budget.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(BudgetSeen budget, DateTimeOffset now)
    {
        if (budget is { Allowed: 0, Expected: > 0, BlocksSince: { } since } && now - since > BlocksFor)
        {
            yield return new(HealthCodes.BudgetBlocks, FindingSeverity.Warning, $"pdb {budget.Name}",
                $"PodDisruptionBudget {budget.Name} has allowed no disruption since {since:u}: "
                    + $"{budget.Healthy} healthy, {budget.Needed} required.");
        }
    }

    /// <summary>The finding of a pod that several budgets select.</summary>
    public static Finding Overlap(string pod, IReadOnlyList<string> budgets) => new(
        HealthCodes.BudgetsOverlap,
        FindingSeverity.Warning,
        $"pdb {string.Join(" and ", budgets)}",
        $"PodDisruptionBudgets {string.Join(" and ", budgets)} select the same pods, such as {pod}: none of them can be evicted.");
}
