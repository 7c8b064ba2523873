using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using TaskQueueMessage = Temporalio.Api.TaskQueue.V1.TaskQueue;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The events of a run's workflow tasks.</summary>
internal sealed class WorkflowTaskEvents(WorkflowRun run)
{
    /// <summary>The events of one that are not in the history yet, as its worker is shown them.</summary>
    public IEnumerable<HistoryEvent> Unwritten(WorkflowTask task)
    {
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            return [];
        }

        HistoryEvent scheduled = Scheduled(task);
        scheduled.EventId = task.ScheduledId;
        HistoryEvent started = Started(task);
        started.EventId = task.StartedId;
        return [scheduled, started];
    }

    /// <summary>Writes what of one was only shown so far.</summary>
    public void Write(WorkflowTask task)
    {
        if (task.Kind != WorkflowTaskKind.Normal)
        {
            HistoryEvent[] unwritten = [.. Unwritten(task)];
            task.Kind = WorkflowTaskKind.Normal;
            Array.ForEach(unwritten, made => run.History.Append(made));
        }
    }

    /// <summary>Writes that one waits for a worker.</summary>
    public void WriteScheduled(WorkflowTask task) => task.ScheduledId = run.History.Append(Scheduled(task)).EventId;

    /// <summary>Writes that one failed.</summary>
    public void WriteFailed(WorkflowTask task, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        HistoryEvent failed = run.History.Make(EventType.WorkflowTaskFailed);
        failed.WorkflowTaskFailedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledId, StartedEventId = task.StartedId, Cause = cause, Failure = failure, Identity = identity,
        };
        run.History.Append(failed);
    }

    /// <summary>Writes that the time of one was up.</summary>
    public void WriteTimedOut(WorkflowTask task, TimeoutType type)
    {
        HistoryEvent timedOut = run.History.Make(EventType.WorkflowTaskTimedOut);
        timedOut.WorkflowTaskTimedOutEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledId, StartedEventId = task.StartedId, TimeoutType = type,
        };
        run.History.Append(timedOut);
    }

    /// <summary>That a worker has one.</summary>
    public HistoryEvent Started(WorkflowTask task)
    {
        HistoryEvent started = run.History.Make(EventType.WorkflowTaskStarted);
        started.EventTime = Timestamp.FromDateTimeOffset(task.StartedAt);
        started.WorkflowTaskStartedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledId,
            Identity = task.Worker!.Identity,
            RequestId = task.RequestId,
            WorkerVersion = task.Worker.Stamp(),
            HistorySizeBytes = run.History.Size,
        };
        WorkflowTaskStartedEventAttributes attributes = started.WorkflowTaskStartedEventAttributes;
        if (run.History.Size >= run.State.Limits.SuggestContinueAsNewAtBytes)
        {
            attributes.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.HistorySizeTooLarge);
        }

        if (run.History.Events.Count >= run.State.Limits.SuggestContinueAsNewAt)
        {
            attributes.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        attributes.SuggestContinueAsNew = attributes.SuggestContinueAsNewReasons.Count > 0;
        return started;
    }

    private HistoryEvent Scheduled(WorkflowTask task)
    {
        HistoryEvent scheduled = run.History.Make(EventType.WorkflowTaskScheduled);
        scheduled.EventTime = Timestamp.FromDateTimeOffset(task.ScheduledAt);
        scheduled.WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = task.Sticky is { } sticky
                ? new TaskQueueMessage { Name = sticky, Kind = TaskQueueKind.Sticky, NormalName = run.TaskQueue }
                : run.QueueMessage(),
            StartToCloseTimeout = Duration.FromTimeSpan(run.Spec.TaskTimeout),
            Attempt = task.Attempt,
        };
        return scheduled;
    }
}
