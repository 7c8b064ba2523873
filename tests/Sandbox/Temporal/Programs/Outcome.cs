using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>How something ended, in few words that are the same on every server.</summary>
internal static class Outcome
{
    /// <summary>The chain of a failure.</summary>
    public static string Of(Exception e) => e switch
    {
        ActivityFailureException activity => $"activity {activity.RetryState} < {Inner(activity)}",
        ChildWorkflowFailureException child => $"child {child.RetryState} < {Inner(child)}",
        ApplicationFailureException application => $"{application.ErrorType}{(application.NonRetryable ? "!" : "")}",
        TimeoutFailureException timeout => $"timeout {timeout.TimeoutType}",
        TerminatedFailureException => "terminated",
        CanceledFailureException or OperationCanceledException => "canceled",
        WorkflowUpdateFailedException update => $"update failed < {Inner(update)}",
        WorkflowFailedException workflow => $"workflow failed < {Inner(workflow)}",
        WorkflowAlreadyStartedException => "already started",
        WorkflowContinuedAsNewException => "continued",
        WorkflowQueryRejectedException rejected => $"query rejected {rejected.WorkflowStatus}",
        RpcException rpc => $"{rpc.Code}",
        _ => e.GetType().Name,
    };

    private static string Inner(Exception e) => e.InnerException is { } inner ? Of(inner) : "nothing";
}
