using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Starter.Changes;

/// <summary>What is new in a change since it was last looked at, one line each, for logs and pipes.</summary>
internal static class ChangeLines
{
    private const int LabelWidth = 16;

    /// <summary>The news, in the order in which a reader wants them; everything, where nothing was seen before.</summary>
    public static IReadOnlyList<string> Between(ChangeView? before, ChangeView after) =>
    [
        .. State(before?.Change, after.Change),
        .. New(before?.Change.Refusals, after.Change.Refusals).Select(Refusal),
        .. New(before?.Approval?.Votes, after.Approval?.Votes).Select(Vote),
        .. New(before?.Change.Steps, after.Change.Steps).Where(step => step.State != StepState.Pending).Select(Step)
            .Concat(after.Rolls.SelectMany(roll => Pods(Known(before, roll), roll)))
            .OrderBy(news => news.At)
            .Select(news => news.Text),
        .. after.Rolls.SelectMany(roll => Roll(Known(before, roll), roll)),
        .. New(before?.Change.Journal, after.Change.Journal).Select(Entry),
    ];

    private static IEnumerable<string> State(ChangeStatus? before, ChangeStatus after)
    {
        if (before?.State != after.State || before.Sentence != after.Sentence)
        {
            yield return Line(after.State.ToString(), after.Sentence);
        }
    }

    // Everything here is a record: what is equal has been said.
    private static IEnumerable<T> New<T>(IReadOnlyList<T>? before, IReadOnlyList<T>? after) =>
        (after ?? []).Where(item => before?.Contains(item) != true);

    private static string Refusal(Refusal refusal) =>
        Line(
            refusal.Blocks ? "refused" : "warned",
            $"{refusal.Code}: {refusal.Sentence}{(refusal.HowToResolve is null ? "" : $" → {refusal.HowToResolve}")}");

    private static string Vote(CastVote vote) => Line(
        "vote",
        $"{vote.Voter} ({vote.Role}) {(vote.Decision == VoteDecision.Approve ? "approves" : "rejects")}"
        + $"{(vote.Comment is null ? "" : $": {vote.Comment}")}");

    // Between two looks much may happen: it is told in the order in which it did.
    private static (DateTimeOffset? At, string Text) Step(StepStatus step) =>
        (step.EndedAt ?? step.StartedAt, Line("step", $"{step.Name} {step.State}{(step.Detail is null ? "" : $": {step.Detail}")}"));

    private static RollStatus? Known(ChangeView? before, RollStatus roll) =>
        before?.Rolls.FirstOrDefault(known => known.Resource == roll.Resource);

    private static string Entry(JournalEntry entry) =>
        Line("journal", $"{entry.Step} {entry.State}: {entry.Undo}{(entry.Detail is null ? "" : $" ({entry.Detail})")}");

    private static IEnumerable<string> Roll(RollStatus? before, RollStatus after)
    {
        if (after.Sentence.Length > 0 && before?.Sentence != after.Sentence)
        {
            yield return Line(after.Blocked ? "roll (stalled)" : "roll", after.Sentence);
        }
    }

    private static IEnumerable<(DateTimeOffset? At, string Text)> Pods(RollStatus? before, RollStatus after)
    {
        foreach (PodRoll pod in after.Pods)
        {
            PodRoll? known = before?.Pods.FirstOrDefault(other => other.Name == pod.Name);
            foreach ((DateTimeOffset? then, DateTimeOffset? now, string what) in new[]
            {
                (known?.ReplacedAt, pod.ReplacedAt, "restarted"),
                (known?.ReadyAt, pod.ReadyAt, "Ready"),
                (known?.InSyncAt, pod.InSyncAt, "in sync"),
            })
            {
                if (then is null && now is { } at)
                {
                    yield return (at, Line("pod", $"{pod.Name} {what} at {Words.TimeOfDay(at)}"));
                }
            }
        }
    }

    private static string Line(string label, string text) => $"{label.PadRight(LabelWidth)}  {text}";
}
