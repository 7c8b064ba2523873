using System.Text;
using System.Text.Json;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Collects what proves a run, and has it written when the run has ended.</summary>
internal sealed class RunEvidence(ChangeProgress progress, AuditTrail audit)
{
    private readonly SortedDictionary<string, EvidenceDocument> _documents = new(StringComparer.Ordinal);
    private readonly List<ApprovalStatus> _approvals = [];
    private readonly List<object> _prechecks = [];

    /// <summary>Keeps a record as a file of the pack; a later one of the same path takes its place.</summary>
    public void Attach<T>(string path, T record) => 
        _documents[path] = new(path, Json: JsonSerializer.SerializeToElement(record));

    public void Precheck(IReadOnlyList<Refusal> refusals, string when)
    {
        _prechecks.Add(new { At = Workflow.UtcNow, When = when, Refusals = refusals });
        Attach("prechecks.json", _prechecks);
        bool blocks = refusals.Any(refusal => refusal.Blocks);
        audit.Add(
            AuditTypes.Precheck,
            refusals.Count == 0
                ? $"{when}: nothing blocks the change."
                : $"{when}: {string.Join(" ", ShortList.Of(refusals).Select(refusal => $"{refusal.Code}: {refusal.Sentence}"))}",
            blocks ? "refused" : "ok",
            refusals.FirstOrDefault(refusal => refusal.Blocks)?.Code);
    }

    public void Planned(Plan plan, string hash)
    {
        Attach("plan.json", plan);
        Write("plan.sha256", hash);
        Write("plan-template.sha256", PlanTemplate.Hash(plan));
        audit.Add(AuditTypes.Planned, $"{plan.Items.Count} changes, plan {hash}.");
    }

    /// <summary>Keeps the plan that runs, and beside it the one that was looked at before.</summary>
    public void PlannedAnew(Plan plan, string hash)
    {
        _documents["plan-before.json"] = _documents["plan.json"] with { Path = "plan-before.json" };
        _documents["plan-before.sha256"] = _documents["plan.sha256"] with { Path = "plan-before.sha256" };
        Planned(plan, hash);
    }

    public void Voted(ApprovalStatus approval)
    {
        _approvals.Add(approval);
        Attach("approvals.json", _approvals);
        foreach (CastVote vote in approval.Revoked)
        {
            audit.Add(AuditTypes.VoteRevoked, vote.Comment, actor: vote.Voter);
        }

        foreach (CastVote vote in approval.Votes)
        {
            audit.Add(AuditTypes.Vote, $"{vote.Decision} as {vote.Role}{(vote.Comment is null ? "" : $": {vote.Comment}")}",
                actor: vote.Voter);
        }
    }

    public void Replanned(PlanMatch match, IReadOnlyList<string> differences)
    {
        Attach("replan.json", new { At = Workflow.UtcNow, Match = match, Differences = differences });
        audit.Add(AuditTypes.Replan, differences.Count == 0
            ? $"{match}."
            : $"{match}: {string.Join(" ", differences)}", match == PlanMatch.Changed ? "refused" : "ok");
    }

    public void Policy(ResolvedTarget resolved) => Attach("policy.json", resolved);

    /// <summary>Has the pack written; a store that does not take it does not change how the run ended.</summary>
    public async Task WriteAsync(ChangeStatus status)
    {
        audit.Add(AuditTypes.Closed, $"{status.State}: {status.Sentence}", IsFine(status.State) ? "ok" : "failed", status.Failure?.Code);
        Attach("steps.json", status.Steps);
        Attach("journal.json", status.Journal);
        Attach("locks.json", status.Locks ?? []);
        Attach("status.json", status);
        _documents["summary.md"] = new("summary.md", Summary(status));
        WriteEvidenceInput input = new(
            progress.ChangeId,
            [.. _documents.Values],
            audit.Events,
            [Workflow.Info.WorkflowId, .. progress.ApprovalIds, .. progress.Children.Select(child => child.WorkflowId)]);
        try
        {
            progress.Evidence = await Workflow.ExecuteActivityAsync((IEvidenceActivities a) => a.WriteEvidenceAsync(input),
                ActivityCalls.Evidence.For("evidence"));
        }
        catch (ActivityFailureException e)
        {
            progress.Sentence += $" Its evidence could not be written: {FailureText.Of(e).Sentence}";
        }
    }

    private void Write(string path, string hash) => _documents[path] = new(path, hash + "\n");

    private static bool IsFine(ChangeState state) => state is ChangeState.Succeeded or ChangeState.Planned or ChangeState.Withdrawn;

    private static string Summary(ChangeStatus status)
    {
        StringBuilder text = new(ChangeDetails.Markdown(status));
        text.AppendLine();
        text.AppendLine($"Asked by {status.RequestedBy} at {status.SubmittedAt:u}, class {status.Class}, tier {status.Tier}, "
            + $"on {status.Target}: {status.Reason}");
        foreach (CastVote vote in status.Approval?.Votes ?? [])
        {
            text.AppendLine(
                $"- {vote.At:u} {vote.Voter} ({vote.Role}): {vote.Decision}{(vote.Comment is null ? "" : $", {vote.Comment}")}");
        }

        return text.ToString();
    }
}
