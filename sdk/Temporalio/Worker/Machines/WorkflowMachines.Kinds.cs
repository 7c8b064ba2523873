using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;

namespace Temporalio.Worker.Machines;

/// <content>What single events mean.</content>
internal sealed partial class WorkflowMachines
{
    private OpenTask? _openTask;

    /// <returns>Whether the next event is to be passed over.</returns>
    private bool Read(HistoryEvent e, HistoryEvent? next)
    {
        HasSeenEnd |= e.IsTerminal();
        if (e.IsIgnorable())
        {
            return false;
        }

        if (e.IsForcedEnd())
        {
            return next is null && IsLastTask
                ? false
                : throw new InvalidWorkflowOperationException($"The history goes on after {EventText.Of(e)}.");
        }

        if (e.IsCommandEvent())
        {
            return ReadCommandEvent(e, next);
        }

        if (e.InitiatingEventId() is { } initiator)
        {
            CommandMachine machine = _byEventId.GetValueOrDefault(initiator) ?? throw Nondeterminism.UnknownInitiator(e, initiator);
            machine.OnEvent(e);
            if (machine.IsClosed)
            {
                _byEventId.Remove(initiator);
            }
        }
        else
        {
            ReadRunEvent(e);
        }

        return false;
    }

    private bool ReadCommandEvent(HistoryEvent e, HistoryEvent? next)
    {
        PatchMarker? marker = PatchMarker.Of(e);
        while (true)
        {
            bool hasCommand = _commands.TryPeek(out QueuedCommand command);
            PatchMachine? patch = hasCommand ? command.Machine as PatchMachine : null;
            if (marker is { Deprecated: true } && patch?.PatchId != marker.Id)
            {
                return IsPatchUpsert(next);
            }

            if (marker is not null && patch is null)
            {
                throw Nondeterminism.NoPatchCall(e, marker.Id);
            }

            if (!hasCommand)
            {
                throw Nondeterminism.NoCommand(e);
            }

            _commands.Dequeue();
            if (patch is not null && marker is null)
            {
                // The history is older than the patch.
                continue;
            }

            if (!command.Fits(e.EventType))
            {
                throw Nondeterminism.OtherCommand(e, command);
            }

            command.Machine.OnCommandEvent(e, command);
            if (command.Machine is { IsClosed: false, HasFollowUps: true })
            {
                _byEventId[e.EventId] = command.Machine;
            }

            return false;
        }
    }

    private static bool IsPatchUpsert(HistoryEvent? e) =>
        e?.EventType == EventType.UpsertWorkflowSearchAttributes
        && e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields.ContainsKey(PatchMarker.SearchAttribute) == true;

    private void ReadRunEvent(HistoryEvent e)
    {
        switch (e.EventType)
        {
            case EventType.WorkflowExecutionStarted:
                WorkflowExecutionStartedEventAttributes start = e.WorkflowExecutionStartedEventAttributes;
                (_startMemo, _startRetryPolicy, _startSearchAttributes) = (start.Memo, start.RetryPolicy, start.SearchAttributes);
                DateTime startTime = TimeOf(e);
                Advance(startTime);
                AddJob(new InitializeWorkflowJob(start, startTime, RandomSeed.Of(start.OriginalExecutionRunId)));
                break;
            case EventType.WorkflowExecutionSignaled:
                AddJob(new SignalWorkflowJob(e.WorkflowExecutionSignaledEventAttributes));
                break;
            case EventType.WorkflowExecutionCancelRequested:
                AddJob(new CancelWorkflowJob(e.WorkflowExecutionCancelRequestedEventAttributes.Cause));
                break;
            case EventType.WorkflowTaskScheduled:
                _openTask = new(e.EventId, _nextStartedEventId);
                break;
            case EventType.WorkflowTaskStarted:
                ReadTaskStarted(e);
                break;
            case EventType.WorkflowTaskCompleted:
                OpenTask completed = TaskOf(e, e.WorkflowTaskCompletedEventAttributes.ScheduledEventId);
                StartedEventId = completed.StartedEventId;
                Advance(completed.StartedTime);
                break;
            case EventType.WorkflowTaskFailed:
                if (e.WorkflowTaskFailedEventAttributes is { Cause: WorkflowTaskFailedCause.ResetWorkflow } reset)
                {
                    AddJob(new UpdateRandomSeedJob(RandomSeed.Of(reset.NewRunId)));
                }

                break;
            case EventType.WorkflowTaskTimedOut:
                break;
            default:
                if (!e.WorkerMayIgnore)
                {
                    throw new InvalidWorkflowOperationException($"This SDK does not know what to do with {EventText.Of(e)}.");
                }

                break;
        }
    }

    private void ReadTaskStarted(HistoryEvent e)
    {
        OpenTask task = TaskOf(e, e.WorkflowTaskStartedEventAttributes.ScheduledEventId);
        task.StartedEventId = e.EventId;
        task.StartedTime = TimeOf(e);
        _taskStarted = e.WorkflowTaskStartedEventAttributes;
        if (e.EventId >= task.FinalStartedEventId)
        {
            StartedEventId = e.EventId;
            Advance(task.StartedTime);
        }
    }

    private OpenTask TaskOf(HistoryEvent e, long scheduledEventId) =>
        _openTask?.ScheduledEventId == scheduledEventId ? _openTask : throw Nondeterminism.UnknownInitiator(e, scheduledEventId);

    private void Advance(DateTime time) => _time = time > _time ? time : _time;

    private static DateTime TimeOf(HistoryEvent e) => (e.EventTime ?? new Timestamp()).ToDateTime();

    /// <summary>The workflow task whose events are being read.</summary>
    /// <param name="scheduledEventId">Its first event.</param>
    /// <param name="finalStartedEventId">The WorkflowTaskStarted event of the attempt that counts.</param>
    private sealed class OpenTask(long scheduledEventId, long finalStartedEventId)
    {
        public long ScheduledEventId => scheduledEventId;

        public long FinalStartedEventId => finalStartedEventId;

        public long StartedEventId { get; set; }

        public DateTime StartedTime { get; set; }
    }
}
