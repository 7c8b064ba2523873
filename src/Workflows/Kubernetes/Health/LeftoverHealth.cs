using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>What was left behind. Pure.</summary>
public static class LeftoverHealth
{
    private static readonly TimeSpan LeftAfter = TimeSpan.FromHours(2);

    /// <summary>The findings of a resource's holds: those older than two hours, or of an age that is not known.</summary>
    /// <param name="resource">The resource, such as <c>kafkas.platform.confluent.io confluent/kafka</c>.</param>
    /// <param name="holds">Its holds.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(string resource, IReadOnlyList<OperatorHold> holds, DateTimeOffset now) => holds
        .Where(hold => hold.Since is not { } since || now - since > LeftAfter)
        .Select(hold => new Finding(
            HealthCodes.HoldLeft,
            FindingSeverity.Warning,
            $"{resource} {hold.Annotation}",
            $"{resource} has {hold.Annotation}={hold.Value}{(hold.Since is { } since ? $" since {since:u}" : "")}"
                + $"{((hold.ForChange ?? hold.SetBy) is { } who ? $", set by {who}" : "")}.",
            "Ask whoever set it; remove it where it is no longer needed."));

    /// <summary>The finding of a lock whose run does not run.</summary>
    /// <param name="lease">Namespace and name of the lease.</param>
    /// <param name="run">The run that it names.</param>
    public static Finding Lock(string lease, string run) => new(
        HealthCodes.LockLeft,
        FindingSeverity.Warning,
        $"lease {lease}",
        $"Lease {lease} is held for {run}, which is not running.");
}
