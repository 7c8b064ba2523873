using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A run that holds a lock or waits for one.</summary>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="RunId">The run of that workflow: a workflow that was reset is another holder.</param>
/// <param name="ChangeId">Its change.</param>
/// <param name="Procedure">Workflow type of the procedure.</param>
/// <param name="RequestedBy">Who asked for the change.</param>
public sealed record LockHolder(string WorkflowId, string RunId, string ChangeId, string Procedure, string RequestedBy)
{
    /// <summary>Why a run must not ask for this holder's locks, or give them back; null where it is that holder.</summary>
    public string? RefuseFor(CallingRun run) =>
        !run.IsProcedure ? $"{run.WorkflowType} is not a procedure."
        : (WorkflowId, RunId) != (run.WorkflowId, run.RunId) ? $"Only {ChangeId}'s own run may acquire and release its locks."
        : null;

    /// <summary><c>CHG-… (RollKafkaCluster, asked by alice)</c>.</summary>
    public override string ToString() => $"{ChangeId} ({Procedure}, asked by {RequestedBy})";
}
