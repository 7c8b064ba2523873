using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka.Rolls;
using Spectre.Console;

namespace Orchestrator.Starter.Rendering;

/// <summary>Where a change stands: state, refusals, votes, steps, pods, journal, failure.</summary>
internal static class StatusSheet
{
    public static Sheet Of(ChangeView view)
    {
        ChangeStatus change = view.Change;
        Sheet sheet = new Sheet()
            .Heading($"{change.ChangeId}: {Words.Procedure(change.Procedure)} on {change.Plan?.Target ?? change.Target}")
            .Facts(
                ("State", Words.State(change.State)),
                ("", change.Sentence),
                ("Class", change.Class.ToString()),
                ("Tier", change.Tier.ToString()),
                ("Asked by", $"{change.RequestedBy} at {Words.At(change.SubmittedAt)}"),
                ("Reason", change.Reason),
                ("Plan", change is { Plan: { } plan, PlanHash: { } hash } ? $"{hash} ({Count(plan.Items.Count, "change")})" : null),
                ("Workflow", view.WorkflowId));
        AddRefusals(sheet, change.Refusals);
        AddVotes(sheet, view);
        AddSteps(sheet, change.Steps, view.At);
        foreach (RollStatus roll in view.Rolls)
        {
            AddPods(sheet, roll);
        }

        sheet.Table("Journal", ["STEP", "UNDO", "STATE", "DETAIL"], change.Journal.Select(entry => new Cell[]
        {
            entry.Step, entry.Undo, new(entry.State.ToString(), entry.State == JournalState.UndoFailed ? Color.Red : null), entry.Detail,
        }));
        return change.Failure is not { } failure
            ? sheet
            : sheet.List("Failure", [[failure.Step, new(failure.Code, Color.Red), failure.Sentence]]);
    }

    /// <summary>What blocks and what is warned of, each with what to do about it.</summary>
    public static void AddRefusals(Sheet sheet, IReadOnlyList<Refusal> refusals)
    {
        sheet.List("Refused because", refusals.Where(refusal => refusal.Blocks).SelectMany(refusal => Rows(refusal, Color.Red)));
        sheet.List("Warnings", refusals.Where(refusal => !refusal.Blocks).SelectMany(refusal => Rows(refusal, Color.Yellow)));
    }

    private static IEnumerable<Cell[]> Rows(Refusal refusal, Color color)
    {
        yield return [new(refusal.Code, color), refusal.Sentence];
        if (refusal.HowToResolve is { } how)
        {
            yield return ["", new($"→ {how}", Color.Grey)];
        }
    }

    private static void AddVotes(Sheet sheet, ChangeView view)
    {
        if (view.Change.State == ChangeState.AwaitingApproval)
        {
            sheet.Heading("Approval");
            HowToVote.Of(view.Change, view.Approval).ToList().ForEach(line => sheet.Line(line));
        }
        else if (view.Approval is { } ended)
        {
            sheet.Heading("Approval").Line(ended.Sentence);
        }

        sheet.Table("Votes", ["WHEN", "WHO", "ROLE", "VOTE", "COMMENT"], (view.Approval?.Votes ?? []).Select(vote => new Cell[]
        {
            Words.At(vote.At),
            vote.Voter,
            vote.Role,
            new(vote.Decision.ToString(), vote.Decision == VoteDecision.Approve ? Color.Green : Color.Red),
            vote.Comment,
        }));
    }

    private static void AddSteps(Sheet sheet, IReadOnlyList<StepStatus> steps, DateTimeOffset now) =>
        sheet.Table("Steps", ["STEP", "STATE", "STARTED", "TOOK", "DETAIL"], steps.Select(step => new Cell[]
        {
            step.Name,
            Words.State(step.State),
            Words.TimeOfDay(step.StartedAt),
            Took(step, now),
            step.Detail,
        }));

    // A step that runs has taken this long so far.
    private static string Took(StepStatus step, DateTimeOffset now) => step switch
    {
        { StartedAt: { } started, EndedAt: { } ended } =>
            DurationText.Write(TimeSpan.FromSeconds(Math.Round((ended - started).TotalSeconds))),
        { StartedAt: { } started, State: StepState.Running } when now > started =>
            DurationText.Write(TimeSpan.FromSeconds(Math.Floor((now - started).TotalSeconds))),
        _ => "-",
    };

    private static void AddPods(Sheet sheet, RollStatus roll)
    {
        sheet.Heading($"Roll of {roll.Resource}{(roll.Blocked ? " (stalled)" : "")}").Line(roll.Sentence);
        if (roll.Facts is { } facts)
        {
            sheet.Line(Words.Facts(facts));
        }

        sheet.Table("Pods", ["POD", "RESTARTED", "READY", "IN SYNC"], roll.Pods.Select(pod => new Cell[]
        {
            pod.Name, Words.TimeOfDay(pod.ReplacedAt), Words.TimeOfDay(pod.ReadyAt), Words.TimeOfDay(pod.InSyncAt),
        }));
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
