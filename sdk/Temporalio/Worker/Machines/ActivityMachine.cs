using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Machines;

/// <summary>
/// An activity. The history has a Started event before any end but a timeout or a cancellation; retries leave no events.
/// </summary>
/// <param name="machines">The run's machines.</param>
/// <param name="scheduled">What the workflow called.</param>
internal sealed class ActivityMachine(WorkflowMachines machines, ScheduleActivityCommand scheduled) : CommandMachine(machines)
{
    private readonly ScheduleActivityTaskCommandAttributes _call = scheduled.Command.ScheduleActivityTaskCommandAttributes;
    private State _state = State.Created;
    private bool _hasStarted;
    private long _scheduledEventId;

    private enum State
    {
        Created,
        Scheduled,
        CancelRequested,
        CancelRecorded,

        // Resolved by its cancellation alone; what the activity does from here on is of no interest.
        Abandoned,
        Closed,
    }

    public uint Sequence => scheduled.Sequence;

    private bool IsResolvedByCancel => scheduled.CancellationType != ActivityCancellationType.WaitCancellationCompleted;

    public override void OnCommandEvent(HistoryEvent e, QueuedCommand command)
    {
        switch (e.EventType, _state)
        {
            case (EventType.ActivityTaskScheduled, State.Created):
                Compare(e, command);
                _scheduledEventId = e.EventId;
                _state = State.Scheduled;
                break;
            case (EventType.ActivityTaskCancelRequested, State.CancelRequested):
                _state = State.CancelRecorded;
                break;
            default:
                throw Nondeterminism.Unexpected(e, this);
        }
    }

    public override void OnEvent(HistoryEvent e)
    {
        if (_state == State.Abandoned)
        {
            if (e.EventType != EventType.ActivityTaskStarted)
            {
                Close();
            }

            return;
        }

        if (e.EventType == EventType.ActivityTaskStarted && !_hasStarted && _state is State.Scheduled or State.CancelRecorded)
        {
            _hasStarted = true;
            return;
        }

        if (!CanEndWith(e.EventType))
        {
            throw Nondeterminism.Unexpected(e, this);
        }

        bool isResolved = _state == State.CancelRecorded && IsResolvedByCancel;
        _state = State.Closed;
        Close();
        if (!isResolved)
        {
            Resolve(e);
        }
    }

    public void Cancel()
    {
        switch (_state)
        {
            case State.Created:
                CanceledBeforeSent = true;
                _state = State.Closed;
                Close();
                ResolveCanceled(new());
                break;
            case State.Scheduled when scheduled.CancellationType == ActivityCancellationType.Abandon:
                _state = State.Abandoned;
                ResolveCanceled(new());
                break;
            case State.Scheduled:
                _state = State.CancelRequested;
                Machines.Issue(
                    new()
                    {
                        CommandType = CommandType.RequestCancelActivityTask,
                        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = _scheduledEventId },
                    },
                    this);
                if (IsResolvedByCancel)
                {
                    ResolveCanceled(new());
                }

                break;
        }
    }

    public override string ToString() => $"activity {_call.ActivityType.Name} (id {_call.ActivityId})";

    private void Compare(HistoryEvent e, QueuedCommand command)
    {
        ActivityTaskScheduledEventAttributes recorded = e.ActivityTaskScheduledEventAttributes;
        bool isOther = recorded.ActivityId != _call.ActivityId || recorded.ActivityType?.Name != _call.ActivityType.Name;
        if (isOther && Machines.Flags.CanUse(SdkFlag.IdAndTypeDeterminismChecks, Machines.IsLastTask))
        {
            throw Nondeterminism.OtherCommand(e, command);
        }
    }

    private bool CanEndWith(EventType type) => type switch
    {
        EventType.ActivityTaskTimedOut => _state is State.Scheduled or State.CancelRecorded,
        EventType.ActivityTaskCanceled => _state == State.CancelRecorded,
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed =>
            _hasStarted && _state is State.Scheduled or State.CancelRecorded,
        _ => false,
    };

    private void Resolve(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.ActivityTaskCompleted:
                Payload? result = e.ActivityTaskCompletedEventAttributes.Result?.Payloads_.FirstOrDefault();
                Machines.AddJob(new ResolveActivityJob(scheduled.Sequence, result, failure: null));
                break;
            case EventType.ActivityTaskFailed:
                ActivityTaskFailedEventAttributes failed = e.ActivityTaskFailedEventAttributes;
                ResolveFailed(
                    "Activity task failed",
                    failed.Failure,
                    new() { Identity = failed.Identity, RetryState = failed.RetryState, StartedEventId = failed.StartedEventId });
                break;
            case EventType.ActivityTaskTimedOut:
                ActivityTaskTimedOutEventAttributes timedOut = e.ActivityTaskTimedOutEventAttributes;
                ResolveFailed(
                    "Activity task timed out",
                    timedOut.Failure,
                    new() { RetryState = timedOut.RetryState, StartedEventId = timedOut.StartedEventId });
                break;
            default:
                ResolveCanceled(e.ActivityTaskCanceledEventAttributes);
                break;
        }
    }

    private void ResolveCanceled(ActivityTaskCanceledEventAttributes canceled) =>
        ResolveFailed(
            "Activity cancelled",
            new() { CanceledFailureInfo = new() { Details = canceled.Details } },
            new()
            {
                Identity = canceled.Identity,
                RetryState = RetryState.CancelRequested,
                StartedEventId = canceled.StartedEventId,
            });

    private void ResolveFailed(string message, Failure cause, ActivityFailureInfo info)
    {
        info.ActivityType = _call.ActivityType;
        info.ActivityId = _call.ActivityId;
        info.ScheduledEventId = _scheduledEventId;
        Failure failure = new() { Message = message, Cause = cause, ActivityFailureInfo = info };
        Machines.AddJob(new ResolveActivityJob(scheduled.Sequence, result: null, failure));
    }
}
