using Orchestrator.Starter.Servers;

namespace Orchestrator.Starter.Changes;

/// <summary>What Temporal itself knows of a change; all there is while no worker answers.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="WorkflowId">The workflow that runs it.</param>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="Target">The cluster and namespace; null before the run has said so.</param>
/// <param name="State">Where it stood; before the run has said so, and after it was ended from outside, the workflow's own state.</param>
/// <param name="Tier">Its tier; null before the run has said so.</param>
/// <param name="RequestedBy">Who asked; null before the run has said so.</param>
/// <param name="Reason">Why they asked; null where nobody wrote it down at the start.</param>
/// <param name="StartedAt">When they asked.</param>
/// <param name="AsOf">When something last happened in it: the state is as old as that.</param>
/// <param name="Step">What it was at, the newest that has a name.</param>
/// <param name="Pending">Activities that have not ended.</param>
internal sealed record KnownChange(
    string ChangeId,
    string WorkflowId,
    string Procedure,
    string? Target,
    string State,
    string? Tier,
    string? RequestedBy,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset AsOf,
    string? Step,
    IReadOnlyList<PendingWork> Pending)
{
    /// <summary>Who gave this answer: not the run.</summary>
    public string AnsweredBy { get; } = "temporal";
}
