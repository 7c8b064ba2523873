using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>Signals and cancel requests that a run sends to other workflows.</summary>
internal sealed class RunExternals(WorkflowRun run)
{
    /// <summary>Writes that a signal is to be sent, and sends it once this change is made.</summary>
    public void Signal(Command command, long completedId)
    {
        SignalExternalWorkflowExecutionCommandAttributes wanted = command.SignalExternalWorkflowExecutionCommandAttributes;
        HistoryEvent initiated = run.History.Make(EventType.SignalExternalWorkflowExecutionInitiated, command);
        initiated.SignalExternalWorkflowExecutionInitiatedEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = completedId,
            Namespace = run.Space.Name,
            NamespaceId = run.Space.Id,
            WorkflowExecution = wanted.Execution,
            SignalName = wanted.SignalName,
            Input = wanted.Input,
            Control = wanted.Control,
            ChildWorkflowOnly = wanted.ChildWorkflowOnly,
            Header = wanted.Header,
        };
        run.History.Append(initiated);
        run.State.Defer(() => Send(initiated));
    }

    /// <summary>Writes that a cancel is to be asked for, and asks once this change is made.</summary>
    public void RequestCancel(Command command, long completedId)
    {
        RequestCancelExternalWorkflowExecutionCommandAttributes wanted = command.RequestCancelExternalWorkflowExecutionCommandAttributes;
        HistoryEvent initiated = run.History.Make(EventType.RequestCancelExternalWorkflowExecutionInitiated, command);
        initiated.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
        {
            WorkflowTaskCompletedEventId = completedId,
            Namespace = run.Space.Name,
            NamespaceId = run.Space.Id,
            WorkflowExecution = new() { WorkflowId = wanted.WorkflowId, RunId = wanted.RunId },
            Control = wanted.Control,
            ChildWorkflowOnly = wanted.ChildWorkflowOnly,
            Reason = wanted.Reason,
        };
        run.History.Append(initiated);
        run.State.Defer(() => Cancel(initiated));
    }

    private void Send(HistoryEvent initiated)
    {
        SignalExternalWorkflowExecutionInitiatedEventAttributes wanted = initiated.SignalExternalWorkflowExecutionInitiatedEventAttributes;
        WorkflowRun? target = Find(wanted.WorkflowExecution, wanted.ChildWorkflowOnly);
        bool isFull = target is { HasAllSignals: true };
        if (isFull)
        {
            target = null;
        }

        target?.Signal(wanted.SignalName, wanted.Input, "history-service", wanted.Header, run.Execution,
            $"{run.RunId}/{initiated.EventId}");
        if (!run.IsOpen)
        {
            return;
        }

        HistoryEvent made = run.History.Make(
            target is null ? EventType.SignalExternalWorkflowExecutionFailed : EventType.ExternalWorkflowExecutionSignaled);
        if (target is null)
        {
            made.SignalExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = isFull ? SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded
                    : SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                Namespace = run.Space.Name,
                NamespaceId = run.Space.Id,
                WorkflowExecution = wanted.WorkflowExecution,
                InitiatedEventId = initiated.EventId,
                Control = wanted.Control,
            };
        }
        else
        {
            made.ExternalWorkflowExecutionSignaledEventAttributes = new()
            {
                InitiatedEventId = initiated.EventId,
                Namespace = run.Space.Name,
                NamespaceId = run.Space.Id,
                WorkflowExecution = wanted.WorkflowExecution,
                Control = wanted.Control,
            };
        }

        run.Add(made);
    }

    private void Cancel(HistoryEvent initiated)
    {
        RequestCancelExternalWorkflowExecutionInitiatedEventAttributes wanted =
            initiated.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes;
        WorkflowRun? target = Find(wanted.WorkflowExecution, wanted.ChildWorkflowOnly);
        target?.RequestCancel(wanted.Reason, "history-service", run.Execution, initiated.EventId);
        if (!run.IsOpen)
        {
            return;
        }

        HistoryEvent made = run.History.Make(
            target is null ? EventType.RequestCancelExternalWorkflowExecutionFailed : EventType.ExternalWorkflowExecutionCancelRequested);
        if (target is null)
        {
            made.RequestCancelExternalWorkflowExecutionFailedEventAttributes = new()
            {
                Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                Namespace = run.Space.Name,
                NamespaceId = run.Space.Id,
                WorkflowExecution = wanted.WorkflowExecution,
                InitiatedEventId = initiated.EventId,
                Control = wanted.Control,
            };
        }
        else
        {
            made.ExternalWorkflowExecutionCancelRequestedEventAttributes = new()
            {
                InitiatedEventId = initiated.EventId, Namespace = run.Space.Name, NamespaceId = run.Space.Id,
                WorkflowExecution = wanted.WorkflowExecution,
            };
        }

        run.Add(made);
    }

    private WorkflowRun? Find(WorkflowExecution execution, bool childOnly)
    {
        WorkflowRun? target = execution.RunId.Length > 0 ? run.Space.Find(execution.WorkflowId, execution.RunId)
            : run.Space.Current(execution.WorkflowId);
        return target is { IsOpen: true } && (!childOnly || target.Spec.Parent?.Run.RunId == run.RunId) ? target : null;
    }
}
