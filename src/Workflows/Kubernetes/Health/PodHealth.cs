using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A pod, as far as its health goes.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Such as <c>Running</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Containers">Its containers, those that initialise it included.</param>
public sealed record PodSeen(
    string Namespace, string Name, string Phase, DateTimeOffset CreatedAt, IReadOnlyList<ContainerSeen> Containers)
{
    /// <summary>When its grace period ends; null where nobody has asked for its deletion.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Whether a Job made it: then it may complete and fail without anything being wrong with it.</summary>
    public bool IsOfJob { get; init; }

    /// <summary>Why no node takes it, in the scheduler's words; null where one does.</summary>
    public string? Unscheduled { get; init; }

    /// <summary>Why it failed, in Kubernetes' words.</summary>
    public string? Reason { get; init; }

    /// <summary>How often its containers have restarted.</summary>
    public long Restarts => Containers.Sum(container => container.Restarts);

    /// <summary>Its name in reports.</summary>
    public string FullName => $"{Namespace}/{Name}";
}

/// <summary>A container of a pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Restarts">How often it has restarted.</param>
/// <param name="WaitingReason">Why it waits; null where it does not.</param>
/// <param name="WaitingMessage">The same, in a sentence.</param>
/// <param name="LastEnded">When it last ended before a restart; null where it never did.</param>
public sealed record ContainerSeen(
    string Name, int Restarts, string? WaitingReason = null, string? WaitingMessage = null, DateTimeOffset? LastEnded = null);

/// <summary>What is wrong with pods. Pure.</summary>
public static class PodHealth
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(5);

    // What a container waits for while it starts.
    private static readonly string[] Ordinary = ["ContainerCreating", "PodInitializing"];

    /// <summary>The findings of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="scope">What counts as wrong.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(PodSeen pod, HealthScope scope, DateTimeOffset now)
    {
        string what = $"pod {pod.FullName}";
        if (pod.DeletedAt is { } ends)
        {
            if (now - ends > StuckAfter)
            {
                yield return new(HealthCodes.PodStuck, FindingSeverity.Warning, what,
                    $"Pod {pod.FullName} should have ended at {ends:u} and is still Terminating.");
            }

            yield break;
        }

        foreach (ContainerSeen container in pod.Containers.Where(
            container => container.WaitingReason is { } reason && !Ordinary.Contains(reason)))
        {
            string message = string.IsNullOrEmpty(container.WaitingMessage) ? "" : $": {container.WaitingMessage.TrimEnd('.')}";
            yield return new(HealthCodes.ContainerWaiting, FindingSeverity.Warning, $"{what} container {container.Name}",
                $"Container {container.Name} of pod {pod.FullName} waits with {container.WaitingReason}{message}.");
        }

        if (pod.Phase == "Pending" && now - pod.CreatedAt > scope.PendingAfter)
        {
            yield return new(HealthCodes.PodPending, FindingSeverity.Warning, what,
                $"Pod {pod.FullName} is Pending since {pod.CreatedAt:u}"
                    + $"{(pod.Unscheduled is { } why ? $": {why.TrimEnd('.')}" : "")}.");
        }

        if (pod.Phase == "Failed" && !pod.IsOfJob)
        {
            yield return new(HealthCodes.PodFailed, FindingSeverity.Warning, what,
                $"Pod {pod.FullName} has failed{(pod.Reason is { } reason ? $": {reason}" : "")}.");
        }

        if (Restarted(pod, scope, now) is { } sentence)
        {
            yield return new(HealthCodes.PodRestarts, FindingSeverity.Warning, what, sentence);
        }
    }

    // Counted against the last report where there is one. Without it nobody knows when the earlier restarts were, only the last one.
    private static string? Restarted(PodSeen pod, HealthScope scope, DateTimeOffset now)
    {
        if (scope.CountedAt is { } counted)
        {
            long more = pod.Restarts - scope.RestartsBefore.GetValueOrDefault(pod.FullName);
            return more >= scope.RestartThreshold
                ? $"Pod {pod.FullName} has restarted {more} times since {counted:u}."
                : null;
        }

        DateTimeOffset? last = pod.Containers.Max(container => container.LastEnded);
        return pod.Restarts >= scope.RestartThreshold && last is { } ended && now - ended <= scope.RestartWindow
            ? $"Pod {pod.FullName} has restarted {pod.Restarts} times since {pod.CreatedAt:u}, last at {ended:u}."
            : null;
    }
}
