using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Rehearsals;

/// <summary>Puts together what is known of a run, in the order in which it happened. Pure.</summary>
internal static class Transcript
{
    // What happens at one instant: first what was asked and decided, then what came of it.
    private static readonly string[] Kinds = ["rehearsal", "vote", "state", "step", "cluster", "fault", "pod"];

    /// <summary>Puts it together.</summary>
    /// <param name="notes">What was seen while it went on.</param>
    /// <param name="end">The change at its end, which knows when each of its steps was.</param>
    /// <param name="effects">What happened to the cluster.</param>
    public static IReadOnlyList<TranscriptEntry> Of(
        IEnumerable<TranscriptEntry> notes, ChangeView end, IEnumerable<ClusterEffects.Effect> effects) =>
    [
        .. notes
            .Concat((end.Approval?.Votes ?? []).Select(Vote))
            .Concat(end.Change.Steps.SelectMany(Steps))
            .Concat(effects.Select(effect => new TranscriptEntry(effect.At, "cluster", effect.What)))
            .Concat(end.Rolls.SelectMany(roll => roll.Pods).SelectMany(Pods))
            .OrderBy(entry => entry.At)
            .ThenBy(entry => Array.IndexOf(Kinds, entry.Kind)),
    ];

    private static TranscriptEntry Vote(CastVote vote) => new(
        vote.At, "vote", $"{vote.Voter} ({vote.Role}) {(vote.Decision == VoteDecision.Approve ? "approves" : "rejects")}");

    private static IEnumerable<TranscriptEntry> Steps(StepStatus step)
    {
        if (step.StartedAt is { } started && step.EndedAt is { } ended && ended > started)
        {
            yield return new(started, "step", $"{step.Name} begins");
        }

        if ((step.EndedAt ?? step.StartedAt) is { } at)
        {
            yield return new(at, "step", $"{step.Name} {step.State}{(step.Detail is null ? "" : $": {step.Detail}")}");
        }
    }

    // That it was restarted and is Ready, the cluster itself tells.
    private static IEnumerable<TranscriptEntry> Pods(PodRoll pod)
    {
        if (pod.InSyncAt is { } at)
        {
            yield return new(at, "pod", $"{pod.Name} is in sync");
        }
    }
}
