using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where a change stands: the answer of the query <c>status</c> of every procedure.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Class">Why it is made, as the requester says; a wrong one is what reviewers look for.</param>
/// <param name="Tier">The care it takes.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Reason">Why they asked.</param>
/// <param name="SubmittedAt">When they asked.</param>
/// <param name="Sentence">What it is doing or waiting for, in one sentence.</param>
/// <param name="Plan">The plan, once there is one.</param>
/// <param name="PlanHash">Its hash.</param>
/// <param name="Refusals">Why it was refused, and what it was warned of.</param>
/// <param name="ApprovalWorkflowId">Where votes go, once votes are asked for.</param>
/// <param name="Approval">How the votes came out, once they did.</param>
/// <param name="Steps">Its steps, in order.</param>
/// <param name="Journal">What it may have changed, in order.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Children">Workflows that do part of the work and have a query <c>status</c> of their own.</param>
/// <param name="Locks">The locks that it took, with their fencing tokens; null before it took any.</param>
/// <param name="Evidence">Where its evidence is, once that is written.</param>
public sealed record ChangeStatus(
    string ChangeId,
    string Procedure,
    ChangeTarget Target,
    ChangeState State,
    ChangeClass Class,
    ChangeTier Tier,
    string RequestedBy,
    string? Reason,
    DateTimeOffset SubmittedAt,
    string Sentence,
    Plan? Plan,
    string? PlanHash,
    IReadOnlyList<Refusal> Refusals,
    string? ApprovalWorkflowId,
    ApprovalStatus? Approval,
    IReadOnlyList<StepStatus> Steps,
    IReadOnlyList<JournalEntry> Journal,
    ChangeFailure? Failure,
    IReadOnlyList<ChildRun> Children,
    IReadOnlyList<LockGrant>? Locks = null,
    EvidenceReference? Evidence = null);
