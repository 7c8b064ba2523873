using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// Judges one reading of a cluster that rolls: what moved, whether a milestone is reached, whether the roll stands still or endangers the
/// cluster. Pure: a watcher that was interrupted continues from the progress that it last recorded.
/// </summary>
/// <remarks>
/// In this order: 1. danger; 2. has the operator taken the trigger up, and is that still what it does: what somebody else made of it is
/// told, and watched to its end as well; 3. pods replaced, Ready, in sync; 4. done and steady; 5. limits; 6. standstill.
/// </remarks>
public static class RollWatch
{
    // Evictions and crashed nodes replace a pod beside the roll; more than this is something that does not end by itself.
    private const int MostReplacements = 5;
    private const int NamedPods = 10;

    /// <summary>Takes one reading into account.</summary>
    /// <param name="input">What is watched.</param>
    /// <param name="progress">How far it had come.</param>
    /// <param name="seen">The reading.</param>
    /// <returns>How far it has come, and the milestone that this reading reached, if it did.</returns>
    public static (RollProgress Progress, RollReport? Report) Advance(WatchRollInput input, RollProgress progress, RollObservation seen)
    {
        ComponentSnapshot? component = input.Part == RollComponent.Brokers ? seen.Cluster.Kafka : seen.Cluster.Controllers;
        if (component is null)
        {
            return Report(progress, RollMilestone.Breached,
                $"The resource of the {RollNames.Text(input.Part)} of Kafka {input.KafkaName} in {input.Target} is gone during its roll.");
        }

        bool isBack = progress.IsUnreadTold;
        progress = RollWindow.Slide(RollClock.Read(input, progress, seen.At), component) with { Facts = RollFacts.Of(seen) };
        progress = progress with { Pods = RollPods.Count(progress.Pods, component) };
        if (isBack)
        {
            return Report(progress, RollMilestone.ReadAgain, $"{component.Reference} can be read again.");
        }

        RollDanger danger = RollDanger.Find(progress, component, seen.Kafka, input.AcceptUnavailable);
        progress = progress with { DangerSince = danger.Sentence is null ? null : progress.DangerSince ?? seen.At };
        if (danger.Sentence is not null && (danger.AtOnce || seen.At - progress.DangerSince >= input.Limits.BreachAfter))
        {
            return Report(progress, RollMilestone.Breached, danger.Sentence);
        }

        return progress.NewRevision is null
            ? PickUp(input, progress, component, seen)
            : Follow(input, progress, component, seen);
    }

    /// <summary>
    /// Whether a milestone ends a watch: one pod more is through, or it does not go on by itself. The others in between are heartbeat
    /// alone, so that a roll costs one watch a pod.
    /// </summary>
    public static bool Ends(RollReport report) => report.Milestone switch
    {
        RollMilestone.PickedUp or RollMilestone.PodReplaced or RollMilestone.PodReady => false,
        RollMilestone.InSync => report.Progress.Waiting > 0 || report.Progress.Pods.Any(pod => pod.InSyncAt is null),
        _ => true,
    };

    /// <summary>
    /// Whether a critical alert that began ends the watch; not where the roll is done, or has come to an end of its own. Alerts that cannot
    /// be read do not: a roll in its middle is looked at in other ways too, and the next step asks again.
    /// </summary>
    /// <param name="input">What is watched.</param>
    /// <param name="seen">The newest reading.</param>
    /// <param name="progress">How far it has come with it.</param>
    /// <param name="report">What it came to; null where nothing happened.</param>
    public static RollReport? WithAlerts(WatchRollInput input, RollObservation seen, RollProgress progress, RollReport? report) =>
        (report is null or { Milestone: RollMilestone.InSync } || !Ends(report))
        && seen.Alerts is { Unread: null } reading && input.Alerts?.Against(reading) is { } against
            ? new(RollMilestone.Alerted, against, progress) { SeenAlerts = input.Alerts.Seen(reading) }
            : report;

    /// <summary>Takes into account that a reading failed. Its time counts for no limit.</summary>
    /// <param name="input">What is watched.</param>
    /// <param name="progress">How far it had come.</param>
    /// <param name="reason">Why it failed, in one sentence.</param>
    /// <param name="at">When.</param>
    /// <returns>What is known, and once after <see cref="RollLimits.StallAfter"/> that people must be told.</returns>
    public static (RollProgress Progress, RollReport? Report) Unread(
        WatchRollInput input, RollProgress progress, string reason, DateTimeOffset at)
    {
        DateTimeOffset since = progress.UnreadSince ?? at;
        string sentence = $"The roll of the {RollNames.Text(input.Part)} could not be read since {since:u}: {reason}";
        progress = progress with { UnreadSince = since, Sentence = sentence };
        return at - since >= input.Limits.StallAfter && !progress.IsUnreadTold
            ? Report(progress with { IsUnreadTold = true }, RollMilestone.Unread, sentence)
            : (progress, null);
    }

    private static (RollProgress, RollReport?) PickUp(
        WatchRollInput input, RollProgress progress, ComponentSnapshot component, RollObservation seen)
    {
        string? revision = component.StatefulSet?.UpdateRevision;
        if ((component.ObservedGeneration ?? 0) >= progress.TriggerGeneration
            && revision is not null
            && revision != progress.BaselineRevision)
        {
            return Report(
                Moved(progress with { NewRevision = revision }, seen.At),
                RollMilestone.PickedUp,
                $"The operator picked up the roll: revision {progress.BaselineRevision} becomes {revision}.");
        }

        if (revision is not null && progress.Key is { } key && component.ManualRoll != key)
        {
            string restarted = $"before the operator picked up the roll; {progress.Restarted} of {progress.Total} pods were restarted";
            return component.ManualRoll is { Length: > 0 } other && other != progress.KeyBefore
                ? Report(
                    Moved(progress with { Key = other }, seen.At),
                    RollMilestone.Changed,
                    $"Somebody set {RollNames.TriggerField} of {component.Reference} to '{other}', {restarted}.")
                : Report(
                    Moved(progress with { Key = null, NewRevision = revision, IsTakenBack = true }, seen.At),
                    RollMilestone.TakenBack,
                    $"Somebody reverted {RollNames.TriggerField} of {component.Reference}, {restarted}.");
        }

        string sentence = "Waits for the operator to pick up the roll: it has seen generation "
            + $"{component.ObservedGeneration?.ToString() ?? "(none)"} of {progress.TriggerGeneration}, "
            + $"revision {revision ?? "(none)"}.";
        return seen.At - progress.TriggeredAt >= input.Limits.PickUpWithin
            ? Report(progress, RollMilestone.OperatorIdle,
                $"The operator did not start the roll within {input.Limits.PickUpWithin.TotalMinutes:0.#} min. {sentence}")
            : (progress with { Sentence = sentence }, null);
    }

    private static (RollProgress, RollReport?) Follow(WatchRollInput input, RollProgress progress, ComponentSnapshot component,
        RollObservation seen)
    {
        if (component.StatefulSet is { UpdateRevision: { Length: > 0 } revision } && revision != progress.NewRevision)
        {
            return Changed(progress, component, revision, seen.At);
        }

        IReadOnlyList<Refusal> unhealthy = RollReadiness.CheckKafka(seen.Cluster, seen.Kafka);
        (List<PodRoll> pods, List<string> news, RollMilestone? milestone) =
            RollPods.Advance(progress, component, unhealthy.Count == 0, seen.At);
        if (pods.Find(pod => pod.Replacements > MostReplacements) is { } endless)
        {
            return Report(
                progress with { Pods = pods },
                RollMilestone.CapReached,
                $"Pod {endless.Name} was replaced {endless.Replacements} times; something restarts it again and again.");
        }

        if (milestone is { } reached)
        {
            return Report(Moved(progress with { Pods = pods }, seen.At), reached, string.Join(" ", news));
        }

        progress = progress with { Pods = pods };
        if (progress.IsTakenBack || (progress.Waiting == 0 && pods.TrueForAll(pod => pod.InSyncAt is not null)))
        {
            progress = Steady(input, progress, component, unhealthy, seen.At);
            if (progress.SteadySamples >= input.Limits.SteadySamples)
            {
                return Report(progress, RollMilestone.Done, Ended(progress, component));
            }
        }

        PodRoll? current = RollPods.Current(progress, component);
        string sentence = RollDiagnosis.Sentence(component, current, seen.Kafka, unhealthy);
        RollDiagnosis.Note(ref progress, component, current, seen);
        progress = progress with { Sentence = sentence };
        return Limits(input, progress, current, seen.At, sentence);
    }

    // Somebody changed the resource while it rolls. The operator restarts the pods once more, or puts them back.
    private static (RollProgress, RollReport?) Changed(RollProgress progress, ComponentSnapshot component, string revision,
        DateTimeOffset at)
    {
        string restarted = $"{progress.Restarted} of {progress.Total} pods were restarted";
        return revision == progress.BaselineRevision
            ? Report(
                Moved(progress with { NewRevision = revision, IsTakenBack = true }, at),
                RollMilestone.TakenBack,
                $"{component.Reference} has revision {revision} again, as before the roll: "
                    + $"somebody reverted the trigger after {restarted}; the operator restarts those again.")
            : Report(
                Moved(progress with { NewRevision = revision, IsTakenBack = false }, at),
                RollMilestone.Changed,
                $"{component.Reference} was changed during the roll, after {restarted}: "
                    + $"revision {progress.NewRevision} becomes {revision}, {RollNames.TriggerField} is '{component.ManualRoll}', "
                    + "and pods at the old revision are restarted again.");
    }

    private static string Ended(RollProgress progress, ComponentSnapshot component)
    {
        string often = string.Join(
            ", ",
            progress.Pods.Where(pod => pod.Replacements > 1).Take(NamedPods).Select(pod => $"{pod.Name} {pod.Replacements} times"));
        string more = often.Length == 0 ? "" : $" Restarted more than once: {often}.";
        return progress.IsTakenBack
            ? $"{component.Reference} is healthy and steady at revision {progress.BaselineRevision} again; "
                + $"{progress.Restarted} of {progress.Total} pods were restarted.{more}"
            : $"All {progress.Total} pods of {component.Reference} are restarted, Ready and in sync.{more}";
    }

    private static (RollProgress, RollReport?) Limits(WatchRollInput input, RollProgress progress, PodRoll? current, DateTimeOffset at,
        string sentence)
    {
        TimeSpan cap = current is { NewUid: not null, ReadyAt: null } ? input.Limits.PodCap : input.Limits.SyncCap;
        return at - progress.MilestoneAt >= cap
            ? Report(progress, RollMilestone.CapReached, $"The limit of {cap.TotalMinutes:0.#} min is used up. {sentence}")
            : at - progress.MovedAt >= input.Limits.StallAfter
                ? Report(progress, RollMilestone.Stalled, $"No progress for {(at - progress.MovedAt).TotalMinutes:0.#} min. {sentence}")
                : (progress, null);
    }

    private static RollProgress Steady(
        WatchRollInput input, RollProgress progress, ComponentSnapshot component, IReadOnlyList<Refusal> unhealthy, DateTimeOffset at)
    {
        bool ready = unhealthy.Count == 0
            && ConfluentPrechecks.CheckComponent(component, []).Count == 0
            && component.Pods.All(pod => pod.Revision == progress.NewRevision);
        if (!ready)
        {
            return progress with { SteadySamples = 0, SteadyAt = null };
        }

        return progress.SteadyAt is { } last && at - last < input.Limits.SteadyEvery
            ? progress
            : progress with { SteadySamples = progress.SteadySamples + 1, SteadyAt = at };
    }

    private static RollProgress Moved(RollProgress progress, DateTimeOffset at) => progress with
    {
        MilestoneAt = at,
        MovedAt = at,
        SeenStates = [],
        LowestRemainingSegments = null,
        LowestUnderReplicated = null,
    };

    private static (RollProgress, RollReport?) Report(RollProgress progress, RollMilestone milestone, string sentence)
    {
        progress = progress with { Sentence = sentence };
        return (progress, new RollReport(milestone, sentence, progress));
    }
}
