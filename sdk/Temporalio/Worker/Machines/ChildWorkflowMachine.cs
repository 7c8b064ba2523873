using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;
using TimeoutType = Temporalio.Api.Enums.V1.TimeoutType;

namespace Temporalio.Worker.Machines;

/// <summary>A child. It is resolved twice: when it has started, or will not, and when it has ended.</summary>
/// <param name="machines">The run's machines.</param>
/// <param name="start">What the workflow started.</param>
internal sealed class ChildWorkflowMachine(WorkflowMachines machines, StartChildCommand start) : CommandMachine(machines)
{
    private readonly StartChildWorkflowExecutionCommandAttributes _child = start.Command.StartChildWorkflowExecutionCommandAttributes;
    private State _state = State.Created;
    private string _runId = string.Empty;
    private long _initiatedEventId;
    private long _startedEventId;

    private enum State
    {
        Created,
        Initiated,
        Started,

        // Resolved by its cancellation alone; what the child does from here on is of no interest.
        Abandoned,
        Closed,
    }

    public uint Sequence => start.Sequence;

    private bool IsResolvedByCancel =>
        start.CancellationType is ChildWorkflowCancellationType.Abandon or ChildWorkflowCancellationType.TryCancel;

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
        if (_state != State.Created)
        {
            throw Nondeterminism.Unexpected(e, this);
        }

        StartChildWorkflowExecutionInitiatedEventAttributes recorded = e.StartChildWorkflowExecutionInitiatedEventAttributes;
        bool isOther = recorded.WorkflowId != _child.WorkflowId || recorded.WorkflowType?.Name != _child.WorkflowType.Name;
        if (isOther && Machines.Flags.CanUse(SdkFlag.IdAndTypeDeterminismChecks, Machines.IsLastTask))
        {
            throw Nondeterminism.OtherCommand(e, command);
        }

        _initiatedEventId = e.EventId;
        _state = State.Initiated;
    }

    public override void OnEvent(HistoryEvent e)
    {
        if (_state == State.Abandoned)
        {
            if (e.EventType != EventType.ChildWorkflowExecutionStarted)
            {
                End();
            }

            return;
        }

        switch (e.EventType, _state)
        {
            case (EventType.ChildWorkflowExecutionStarted, State.Initiated):
                _state = State.Started;
                _startedEventId = e.EventId;
                _runId = e.ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
                Machines.AddJob(new ResolveChildStartJob(start.Sequence, _runId, failure: null));
                break;
            case (EventType.StartChildWorkflowExecutionFailed, State.Initiated):
                End();
                StartChildWorkflowExecutionFailedCause cause = e.StartChildWorkflowExecutionFailedEventAttributes.Cause;
                Machines.AddJob(new ResolveChildStartJob(start.Sequence, runId: null, failure: null)
                {
                    Refusal = new(cause, _child.WorkflowId, _child.WorkflowType.Name),
                });
                break;
            case (_, State.Started):
                End();
                ResolveEnd(e);
                break;
            default:
                throw Nondeterminism.Unexpected(e, this);
        }
    }

    public void Cancel(string reason)
    {
        if (_state == State.Created)
        {
            CanceledBeforeSent = true;
            End();
            Failure failure = FailureOf(
                $"Child Workflow execution cancelled before scheduled: {reason}", CanceledCause(), RetryState.NonRetryableFailure);
            Machines.AddJob(new ResolveChildStartJob(start.Sequence, runId: null, failure));
        }
        else if (_state is State.Initiated or State.Started)
        {
            CancelOnServer(reason);
        }
    }

    public override string ToString() => $"child {_child.WorkflowType.Name} (id {_child.WorkflowId})";

    private static Failure CanceledCause() => new() { CanceledFailureInfo = new() };

    private void CancelOnServer(string reason)
    {
        if (start.CancellationType != ChildWorkflowCancellationType.Abandon)
        {
            RequestCancelExternalWorkflowExecutionCommandAttributes target = new()
            {
                WorkflowId = _child.WorkflowId,
                RunId = _runId,
                ChildWorkflowOnly = true,
                Reason = reason,
            };
            CancelExternalMachine cancel = new(Machines, sequence: null, _child.WorkflowId);
            Machines.Issue(CancelExternalMachine.CommandFor(target), cancel);
        }

        if (IsResolvedByCancel)
        {
            _state = State.Abandoned;
            Fail("Child Workflow execution cancelled", CanceledCause(), RetryState.NonRetryableFailure);
        }
    }

    private void ResolveEnd(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.ChildWorkflowExecutionCompleted:
                Machines.AddJob(new ResolveChildJob(
                    start.Sequence, e.ChildWorkflowExecutionCompletedEventAttributes.Result?.Payloads_.FirstOrDefault(), failure: null));
                break;
            case EventType.ChildWorkflowExecutionFailed:
                ChildWorkflowExecutionFailedEventAttributes failed = e.ChildWorkflowExecutionFailedEventAttributes;
                Fail("Child Workflow execution failed", failed.Failure, failed.RetryState);
                break;
            case EventType.ChildWorkflowExecutionTimedOut:
                Fail(
                    "Child Workflow execution timed out",
                    new() { Message = "Timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } },
                    e.ChildWorkflowExecutionTimedOutEventAttributes.RetryState);
                break;
            case EventType.ChildWorkflowExecutionTerminated:
                Fail(
                    "Child Workflow execution terminated",
                    new() { Message = "Terminated", TerminatedFailureInfo = new() },
                    RetryState.NonRetryableFailure);
                break;
            case EventType.ChildWorkflowExecutionCanceled:
                Fail("Child Workflow execution cancelled", CanceledCause(), RetryState.NonRetryableFailure);
                break;
            default:
                throw Nondeterminism.Unexpected(e, this);
        }
    }

    private void End()
    {
        _state = State.Closed;
        Close();
    }

    private void Fail(string message, Failure cause, RetryState retryState) =>
        Machines.AddJob(new ResolveChildJob(start.Sequence, result: null, FailureOf(message, cause, retryState)));

    private Failure FailureOf(string message, Failure cause, RetryState retryState) => new()
    {
        Message = message,
        Cause = cause,
        ChildWorkflowExecutionFailureInfo = new()
        {
            Namespace = Machines.Namespace,
            WorkflowExecution = new() { WorkflowId = _child.WorkflowId, RunId = _runId },
            WorkflowType = _child.WorkflowType,
            InitiatedEventId = _initiatedEventId,
            StartedEventId = _startedEventId,
            RetryState = retryState,
        },
    };
}
