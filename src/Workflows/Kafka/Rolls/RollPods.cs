using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Follows the pods of a component through its roll: replaced, Ready, in sync. Pure.</summary>
internal static class RollPods
{
    /// <summary>
    /// Counts what was replaced: also before the operator began, and in the same reading as a change of the resource, since how many pods
    /// were restarted must be true.
    /// </summary>
    public static IReadOnlyList<PodRoll> Count(IReadOnlyList<PodRoll> pods, ComponentSnapshot component) =>
    [
        .. pods.Select(pod =>
            component.Pods.FirstOrDefault(now => now.Name == pod.Name) is { } now && now.Uid != (pod.SeenUid ?? pod.OldUid)
                ? pod with { SeenUid = now.Uid, Replacements = pod.Replacements + 1 }
                : pod),
    ];

    /// <summary>Takes each pod as far as the reading shows it.</summary>
    /// <param name="progress">How far the roll had come.</param>
    /// <param name="component">The component as it was read.</param>
    /// <param name="whole">Whether all its replicas are in sync.</param>
    /// <param name="at">When it was read.</param>
    /// <returns>The pods, a sentence for each that moved, and the last milestone that one of them reached.</returns>
    public static (List<PodRoll> Pods, List<string> News, RollMilestone? Milestone) Advance(
        RollProgress progress, ComponentSnapshot component, bool whole, DateTimeOffset at)
    {
        List<PodRoll> pods = [];
        List<string> news = [];
        RollMilestone? milestone = null;
        foreach (PodRoll was in progress.Pods)
        {
            (PodRoll pod, RollMilestone? reached) =
                Pod(was, component.Pods.FirstOrDefault(pod => pod.Name == was.Name), progress.NewRevision, whole, at);
            pods.Add(pod);
            if (reached is { } step)
            {
                milestone = step;
                news.Add(News(pod, step));
            }
        }

        return (pods, news, milestone);
    }

    /// <summary>The pod that the roll waits for: one that is down, else the first that is not through; null where none is left.</summary>
    public static PodRoll? Current(RollProgress progress, ComponentSnapshot component)
    {
        List<(PodRoll Pod, PodSnapshot? Now)> rows =
            [.. progress.Pods.Select(pod => (pod, component.Pods.FirstOrDefault(now => now.Name == pod.Name)))];
        return rows.Find(row => row.Now is not { Ready: true, Terminating: false }).Pod
            ?? rows.Find(row => (row.Pod.InSyncAt is null && !progress.IsTakenBack) || row.Now!.Revision != progress.NewRevision).Pod
            ?? component.Pods.Where(pod => pod.Revision != progress.NewRevision).OrderByDescending(pod => pod.Ordinal)
                .Select(pod => new PodRoll(pod.Name, pod.Uid)).FirstOrDefault();
    }

    private static (PodRoll Pod, RollMilestone? Reached) Pod(PodRoll was, PodSnapshot? now, string? newRevision, bool whole,
        DateTimeOffset at)
    {
        PodRoll pod = was;
        RollMilestone? reached = null;
        bool replaced = now is not null && now.Uid != pod.OldUid && now.Revision == newRevision;
        if (replaced && now!.Uid != pod.NewUid)
        {
            pod = pod with { NewUid = now.Uid, ReplacedAt = now.CreatedAt ?? at, ReadyAt = null, InSyncAt = null };
            reached = RollMilestone.PodReplaced;
        }

        if (replaced && pod.ReadyAt is null && now is { Ready: true, Terminating: false })
        {
            pod = pod with { ReadyAt = now.ReadySince ?? at };
            reached = RollMilestone.PodReady;
        }

        if (pod is { ReadyAt: not null, InSyncAt: null } && whole)
        {
            pod = pod with { InSyncAt = at };
            reached = RollMilestone.InSync;
        }

        return (pod, reached);
    }

    private static string News(PodRoll pod, RollMilestone milestone) => milestone switch
    {
        RollMilestone.PodReplaced => $"Pod {pod.Name} was restarted.",
        RollMilestone.PodReady => $"Pod {pod.Name} is Ready, {(pod.ReadyAt - pod.ReplacedAt)?.TotalSeconds:0} s after its restart.",
        _ => $"Pod {pod.Name} is back and all replicas are in sync, {(pod.InSyncAt - pod.ReplacedAt)?.TotalSeconds:0} s after its restart.",
    };
}
