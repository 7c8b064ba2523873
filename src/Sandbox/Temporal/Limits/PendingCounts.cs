using Orchestrator.Sandbox.Temporal.Runs;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>How many of each kind are pending in a run, with those that the commands before this one make.</summary>
internal sealed class PendingCounts(WorkflowRun run)
{
    private int _activities = run.Activities.Count;
    private int _children = run.Children.Count;
    private int _signals;
    private int _cancels;

    /// <summary>Counts what a command makes pending.</summary>
    /// <returns>What is wrong where there are as many as there may be: the workflow task fails, and its next try may do better.</returns>
    public (WorkflowTaskFailedCause Cause, string Sentence)? Add(CommandType command) => command switch
    {
        CommandType.ScheduleActivityTask => Add(ref _activities, WorkflowTaskFailedCause.PendingActivitiesLimitExceeded,
            "pending activities"),
        CommandType.StartChildWorkflowExecution => Add(ref _children, WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded,
            "pending child workflow executions"),
        CommandType.SignalExternalWorkflowExecution => Add(ref _signals, WorkflowTaskFailedCause.PendingSignalsLimitExceeded,
            "pending signals to external workflows"),
        CommandType.RequestCancelExternalWorkflowExecution => Add(ref _cancels, WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded,
            "pending requests to cancel external workflows"),
        _ => null,
    };

    private static (WorkflowTaskFailedCause, string)? Add(ref int pending, WorkflowTaskFailedCause cause, string what) =>
        pending++ < Sizes.Pending ? null
            : (cause, $"the number of {what}, {pending - 1}, has reached the per-workflow limit of {Sizes.Pending}");
}
