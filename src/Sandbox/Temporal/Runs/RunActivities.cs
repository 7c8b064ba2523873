using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The activities of a run that have not ended.</summary>
internal sealed class RunActivities(WorkflowRun run)
{
    private readonly Dictionary<long, PendingActivity> _open = [];

    /// <summary>Those that have not ended, in the order in which they were scheduled.</summary>
    public IEnumerable<PendingActivity> Open => _open.Values.OrderBy(activity => activity.ScheduledId);

    /// <summary>How many have not ended.</summary>
    public int Count => _open.Count;

    /// <summary>Whether one is being worked on, or waits for a worker.</summary>
    public bool IsBusy => _open.Values.Any(activity => activity.IsBusy);

    /// <summary>Whether an id is in use.</summary>
    public bool Has(string activityId) => _open.Values.Any(activity => activity.Attributes.ActivityId == activityId);

    /// <summary>One by the id that the workflow gave it; null where there is none.</summary>
    public PendingActivity? Find(string activityId) =>
        _open.Values.FirstOrDefault(activity => activity.Attributes.ActivityId == activityId);

    /// <summary>Writes that one is scheduled; it waits for its dispatch.</summary>
    public PendingActivity Schedule(Command command, long completedId)
    {
        ScheduleActivityTaskCommandAttributes wanted = command.ScheduleActivityTaskCommandAttributes;
        HistoryEvent scheduled = run.History.Make(EventType.ActivityTaskScheduled, command);
        scheduled.ActivityTaskScheduledEventAttributes = Attributes(wanted, completedId);
        PendingActivity activity = new(run, run.History.Append(scheduled));
        _open[activity.ScheduledId] = activity;
        return activity;
    }

    /// <summary>Asks one to end. One that no worker has yet ends at once.</summary>
    /// <returns>Whether it ended.</returns>
    public bool RequestCancel(Command command, long completedId, string identity)
    {
        long scheduledId = command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId;
        HistoryEvent requested = run.History.Make(EventType.ActivityTaskCancelRequested, command);
        requested.ActivityTaskCancelRequestedEventAttributes = new() { ScheduledEventId = scheduledId,
            WorkflowTaskCompletedEventId = completedId };
        run.History.Append(requested);
        if (!_open.TryGetValue(scheduledId, out PendingActivity? activity))
        {
            return false;
        }

        activity.CancelRequestedId = requested.EventId;
        if (activity.IsStarted)
        {
            // Its code looks up from its wait, heartbeats, and so learns of it.
            activity.WakeCode();
            return false;
        }

        activity.Clear();
        Remove(activity);
        HistoryEvent canceled = run.History.Make(EventType.ActivityTaskCanceled);
        canceled.ActivityTaskCanceledEventAttributes = new()
        {
            ScheduledEventId = scheduledId, LatestCancelRequestedEventId = requested.EventId, Identity = identity, Details = NotStarted(),
        };

        // As everything that is not itself a command, it follows all that the commands lead to.
        run.History.Buffer(canceled, null);
        return true;
    }

    /// <summary>The one that a try belongs to; null where it has ended, or that try of it is over.</summary>
    public PendingActivity? Find(TaskToken token) =>
        _open.TryGetValue(token.ScheduledId, out PendingActivity? activity) && activity.IsStarted && token.Start == $"{activity.Attempt}"
            ? activity
            : null;

    /// <summary>The one that a worker answers for.</summary>
    /// <exception cref="Grpc.Core.RpcException">It has ended, or that try of it is over.</exception>
    public PendingActivity Of(TaskToken token) => Find(token)
        ?? throw RpcErrors.NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    /// <summary>Ends one well.</summary>
    public void Complete(PendingActivity activity, Payloads? result, string identity)
    {
        HistoryEvent completed = run.History.Make(EventType.ActivityTaskCompleted);
        completed.ActivityTaskCompletedEventAttributes = new() { Result = result, ScheduledEventId = activity.ScheduledId,
            Identity = identity };
        activity.End(completed);
    }

    /// <summary>Ends one that was asked to end.</summary>
    public void Cancel(PendingActivity activity, Payloads? details, string identity)
    {
        HistoryEvent canceled = run.History.Make(EventType.ActivityTaskCanceled);
        canceled.ActivityTaskCanceledEventAttributes = new()
        {
            Details = details, LatestCancelRequestedEventId = activity.CancelRequestedId
                ?? 0, ScheduledEventId = activity.ScheduledId, Identity = identity,
        };
        activity.End(canceled);
    }

    /// <summary>What a worker is given of a try.</summary>
    public PollActivityTaskQueueResponse Task(ActivityAttempt attempt)
    {
        PendingActivity activity = attempt.Activity;
        ActivityTaskScheduledEventAttributes scheduled = activity.Attributes;
        return new()
        {
            TaskToken = new TaskToken(run.RunId, activity.ScheduledId, $"{attempt.Number}").ToBytes(),
            WorkflowNamespace = run.Space.Name,
            WorkflowType = new WorkflowType { Name = run.Spec.Type },
            WorkflowExecution = run.Execution,
            ActivityType = scheduled.ActivityType,
            ActivityId = scheduled.ActivityId,
            Header = scheduled.Header,
            Input = scheduled.Input,
            HeartbeatDetails = activity.Heartbeat,
            ScheduledTime = Timestamp.FromDateTimeOffset(activity.ScheduledAt),
            CurrentAttemptScheduledTime = Timestamp.FromDateTimeOffset(activity.AttemptScheduledAt),
            StartedTime = Timestamp.FromDateTimeOffset(activity.StartedAt!.Value),
            Attempt = attempt.Number,
            ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout,
            StartToCloseTimeout = scheduled.StartToCloseTimeout,
            HeartbeatTimeout = scheduled.HeartbeatTimeout,
            RetryPolicy = scheduled.RetryPolicy,
            Priority = scheduled.Priority,
        };
    }

    /// <summary>Brings them to where they are after an event of the run whose history is taken over.</summary>
    public void Restore(HistoryEvent made)
    {
        if (made.EventType == EventType.ActivityTaskScheduled)
        {
            _open[made.EventId] = new PendingActivity(run, made);
        }
        else if (made.ActivityTaskCancelRequestedEventAttributes is { } requested
            && _open.TryGetValue(requested.ScheduledEventId, out PendingActivity? activity))
        {
            activity.CancelRequestedId = made.EventId;
        }

        long ended = made.ActivityTaskCompletedEventAttributes?.ScheduledEventId ?? made.ActivityTaskFailedEventAttributes?.ScheduledEventId
            ?? made.ActivityTaskTimedOutEventAttributes?.ScheduledEventId ?? made.ActivityTaskCanceledEventAttributes?.ScheduledEventId
                ?? 0;
        if (_open.Remove(ended, out PendingActivity? over))
        {
            over.Clear();
        }
    }

    /// <summary>Gives those that were taken over to workers.</summary>
    public void DispatchRestored()
    {
        foreach (PendingActivity activity in Open.ToList())
        {
            activity.Dispatch();
        }
    }

    /// <summary>Forgets one that has ended.</summary>
    public void Remove(PendingActivity activity) => _open.Remove(activity.ScheduledId);

    /// <summary>Ends the tries of a connection that is closed: their worker is gone.</summary>
    public void Lose(string connection)
    {
        foreach (PendingActivity activity in Open.Where(activity => activity.Current?.Worker?.Connection == connection).ToList())
        {
            activity.Lose();
        }
    }

    /// <summary>Forgets all: the run is closed.</summary>
    public void Clear()
    {
        foreach (PendingActivity activity in Open.ToList())
        {
            activity.Clear();
        }

        _open.Clear();
    }

    /// <summary>Those that are being worked on, a line each.</summary>
    public IEnumerable<string> Holders() => Open.Where(activity => activity.IsBusy)
        .Select(activity =>
            $"{activity} is {(activity.IsStarted ? $"with {activity.LastWorker}" : $"in queue {activity.Attributes.TaskQueue.Name}")}");

    // What the server says for an activity that no worker had.
    private static Payloads NotStarted() => new()
    {
        Payloads_ =
        {
            new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFromUtf8("\"ACTIVITY_ID_NOT_STARTED\""),
            },
        },
    };

    private ActivityTaskScheduledEventAttributes Attributes(ScheduleActivityTaskCommandAttributes wanted, long completedId)
    {
        ActivityTimeouts timeouts = ActivityTimeouts.Of(wanted, run.Spec.RunTimeout);
        return new()
        {
            ActivityId = wanted.ActivityId,
            ActivityType = wanted.ActivityType,
            TaskQueue = wanted.TaskQueue?.Name is { Length: > 0 } ? new() { Name = wanted.TaskQueue.Name, Kind = TaskQueueKind.Normal }
                : run.QueueMessage(),
            Header = wanted.Header,
            Input = wanted.Input,
            ScheduleToCloseTimeout = Duration.FromTimeSpan(timeouts.ScheduleToClose),
            ScheduleToStartTimeout = Duration.FromTimeSpan(timeouts.ScheduleToStart),
            StartToCloseTimeout = Duration.FromTimeSpan(timeouts.StartToClose),
            HeartbeatTimeout = Duration.FromTimeSpan(timeouts.Heartbeat),
            WorkflowTaskCompletedEventId = completedId,
            RetryPolicy = RetrySchedule.Filled(wanted.RetryPolicy),
            UseWorkflowBuildId = wanted.UseWorkflowBuildId,
            Priority = wanted.Priority,
        };
    }
}
