using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>How the end of a child reads in the history of its parent.</summary>
internal static class ChildEnd
{
    /// <summary>The parent's event for the child's last one.</summary>
    public static HistoryEvent Of(WorkflowRun parent, WorkflowRun child, long initiatedId, HistoryEvent end)
    {
        WorkflowType type = new() { Name = child.Spec.Type };
        switch (end.EventType)
        {
            case EventType.WorkflowExecutionCompleted:
                HistoryEvent completed = parent.History.Make(EventType.ChildWorkflowExecutionCompleted);
                completed.ChildWorkflowExecutionCompletedEventAttributes = new()
                {
                    Result = end.WorkflowExecutionCompletedEventAttributes.Result,
                    Namespace = parent.Space.Name, NamespaceId = parent.Space.Id, WorkflowExecution = child.Execution, WorkflowType = type,
                    InitiatedEventId = initiatedId,
                };
                return completed;
            case EventType.WorkflowExecutionFailed:
                HistoryEvent failed = parent.History.Make(EventType.ChildWorkflowExecutionFailed);
                failed.ChildWorkflowExecutionFailedEventAttributes = new()
                {
                    Failure = end.WorkflowExecutionFailedEventAttributes.Failure,
                    RetryState = end.WorkflowExecutionFailedEventAttributes.RetryState,
                    Namespace = parent.Space.Name, NamespaceId = parent.Space.Id, WorkflowExecution = child.Execution, WorkflowType = type,
                    InitiatedEventId = initiatedId,
                };
                return failed;
            case EventType.WorkflowExecutionCanceled:
                HistoryEvent canceled = parent.History.Make(EventType.ChildWorkflowExecutionCanceled);
                canceled.ChildWorkflowExecutionCanceledEventAttributes = new()
                {
                    Details = end.WorkflowExecutionCanceledEventAttributes.Details,
                    Namespace = parent.Space.Name, NamespaceId = parent.Space.Id, WorkflowExecution = child.Execution, WorkflowType = type,
                    InitiatedEventId = initiatedId,
                };
                return canceled;
            case EventType.WorkflowExecutionTimedOut:
                HistoryEvent timedOut = parent.History.Make(EventType.ChildWorkflowExecutionTimedOut);
                timedOut.ChildWorkflowExecutionTimedOutEventAttributes = new()
                {
                    RetryState = end.WorkflowExecutionTimedOutEventAttributes.RetryState,
                    Namespace = parent.Space.Name, NamespaceId = parent.Space.Id, WorkflowExecution = child.Execution, WorkflowType = type,
                    InitiatedEventId = initiatedId,
                };
                return timedOut;
            default:
                HistoryEvent terminated = parent.History.Make(EventType.ChildWorkflowExecutionTerminated);
                terminated.ChildWorkflowExecutionTerminatedEventAttributes = new()
                {
                    Namespace = parent.Space.Name, NamespaceId = parent.Space.Id, WorkflowExecution = child.Execution, WorkflowType = type,
                    InitiatedEventId = initiatedId,
                };
                return terminated;
        }
    }
}
