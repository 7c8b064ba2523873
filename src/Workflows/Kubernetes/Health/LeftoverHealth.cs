using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
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

    /// <summary>The findings of a lock: a holder that ended without giving it back.</summary>
    /// <param name="guard">The lock, as its guard tells.</param>
    public static IEnumerable<Finding> Check(GuardStatus guard) => guard.Holders
        .Where(hold => hold.Orphan is not null)
        .Select(hold => new Finding(
            HealthCodes.LockLeft,
            FindingSeverity.Critical,
            $"lock {guard.Guard}",
            $"The lock {guard.Guard} is still held by {hold.Holder.ChangeId}, whose run ended as {hold.Orphan!.Ended} at "
                + $"{hold.Orphan.At:u}; {Open(hold.Orphan)}.",
            "Finish by hand what its journal names; then two people break the lock: sop locks."));

    private static string Open(LockOrphan orphan) => orphan.OpenEntries switch
    {
        null => "its journal could not be read",
        { Count: 0 } => "it had put everything back",
        var entries => $"it had not put back: {ShortList.Of([.. entries])}",
    };
}
