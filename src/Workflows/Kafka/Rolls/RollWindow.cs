using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// The pods of a roll that a progress carries: all of them in a cluster of up to ten, else those that the operator is at and the next,
/// since a progress travels in every heartbeat. What is through is counted. Pure.
/// </summary>
internal static class RollWindow
{
    /// <summary>So many pods are carried.</summary>
    public const int Most = 10;

    // No pod has it: a pod whose restart was not seen counts as another one than before.
    private const string UnknownUid = "unknown";

    /// <summary>Opens it on the first pods in the operator's order: highest ordinal first.</summary>
    public static RollProgress Open(RollProgress progress, ComponentSnapshot component)
    {
        List<PodSnapshot> order = [.. component.Pods.OrderByDescending(pod => pod.Ordinal)];
        return progress with
        {
            Pods = [.. order.Take(Most).Select(pod => new PodRoll(pod.Name, pod.Uid))],
            Waiting = Math.Max(order.Count - Most, 0),
        };
    }

    /// <summary>Takes out what is through, and takes in as many of those that wait.</summary>
    public static RollProgress Slide(RollProgress progress, ComponentSnapshot component)
    {
        List<PodRoll> through = [.. progress.Pods.Where(pod => pod.InSyncAt is not null)];
        if (progress.Waiting == 0 || through.Count == 0)
        {
            return progress;
        }

        // The operator goes down from the highest ordinal, so those that wait are the lowest.
        int entering = Math.Min(through.Count, progress.Waiting);
        IEnumerable<PodRoll> next =
            Enumerable.Range(1, entering).Select(step => Enter(component, progress.Waiting - step, progress.NewRevision));
        return progress with
        {
            Pods = [.. progress.Pods.Except(through), .. next],
            Waiting = progress.Waiting - entering,
            Through = progress.Through + through.Count,
            RestartedBefore = progress.RestartedBefore + through.Count(pod => pod.Replacements > 0),
        };
    }

    private static PodRoll Enter(ComponentSnapshot component, int ordinal, string? newRevision)
    {
        PodSnapshot? now = component.Pods.FirstOrDefault(pod => pod.Ordinal == ordinal);
        return new($"{component.Reference.Name}-{ordinal}", now is null || now.Revision == newRevision ? UnknownUid : now.Uid);
    }
}
