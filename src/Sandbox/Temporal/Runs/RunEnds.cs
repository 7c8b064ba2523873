using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The ways in which a run ends, and what follows: the next run of its chain, its parent, its children.</summary>
internal static class RunEnds
{
    // The server's own limit of how often a workflow may continue as new.
    private static readonly TimeSpan LeastTimeBetweenRuns = TimeSpan.FromSeconds(1);

    /// <summary>It has a result. With cron, the next run follows.</summary>
    public static void Complete(WorkflowRun run, Command command, long completedId)
    {
        Payloads? result = command.CompleteWorkflowExecutionCommandAttributes?.Result;
        WorkflowRun? next = Cron(run, result, null);
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionCompleted, command);
        end.WorkflowExecutionCompletedEventAttributes = new()
        {
            Result = result, WorkflowTaskCompletedEventId = completedId, NewExecutionRunId = next?.RunId ?? "",
        };
        Close(run, end, WorkflowExecutionStatus.Completed, next);
    }

    /// <summary>It failed. By its retry policy, or with cron, the next run follows.</summary>
    public static void Fail(WorkflowRun run, Command command, long completedId)
    {
        Failure failure = command.FailWorkflowExecutionCommandAttributes.Failure;
        (TimeSpan? wait, RetryState state) = RetrySchedule.Next(run.Spec.RetryPolicy, run.Spec.Attempt, failure, run.State.Time.Now,
            run.Expiration);
        WorkflowRun? next = wait is { } backoff ? Retry(run, failure, backoff) : Cron(run, run.Spec.LastResult, failure);
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionFailed, command);
        end.WorkflowExecutionFailedEventAttributes = new()
        {
            Failure = failure, RetryState = state, WorkflowTaskCompletedEventId = completedId, NewExecutionRunId = next?.RunId ?? "",
        };
        Close(run, end, WorkflowExecutionStatus.Failed, next);
    }

    /// <summary>It has taken note of a cancel and ended.</summary>
    public static void Cancel(WorkflowRun run, Command command, long completedId)
    {
        Payloads? details = command.CancelWorkflowExecutionCommandAttributes?.Details;
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionCanceled, command);
        end.WorkflowExecutionCanceledEventAttributes = new() { Details = details, WorkflowTaskCompletedEventId = completedId };
        Close(run, end, WorkflowExecutionStatus.Canceled, null);
    }

    /// <summary>It goes on with a new history.</summary>
    public static void ContinueAsNew(WorkflowRun run, Command command, long completedId)
    {
        ContinueAsNewWorkflowExecutionCommandAttributes wanted = command.ContinueAsNewWorkflowExecutionCommandAttributes;
        SearchAttributes? attributes = TemporalNamespace.WithoutNulls(wanted.SearchAttributes);
        RunSpec spec = Following(run) with
        {
            Type = wanted.WorkflowType?.Name is { Length: > 0 } type ? type : run.Spec.Type,
            TaskQueue = wanted.TaskQueue?.Name is { Length: > 0 } queue ? queue : run.TaskQueue,
            Input = wanted.Input,
            RunTimeout = Given(wanted.WorkflowRunTimeout) ?? run.Spec.RunTimeout,
            TaskTimeout = Given(wanted.WorkflowTaskTimeout) ?? run.Spec.TaskTimeout,
            RetryPolicy = wanted.RetryPolicy is null ? run.Spec.RetryPolicy : RetrySchedule.Filled(wanted.RetryPolicy),
            Backoff = Slowed(run, Given(wanted.BackoffStartInterval) ?? TimeSpan.Zero),
            Header = wanted.Header,
            Memo = wanted.Memo,
            SearchAttributes = attributes,
            Identity = "",
            Initiator = wanted.Initiator == ContinueAsNewInitiator.Unspecified ? ContinueAsNewInitiator.Workflow : wanted.Initiator,
            UserMetadata = null,
            LastFailure = wanted.Failure,
            LastResult = wanted.LastCompletionResult,
        };
        WorkflowRun next = run.Space.Prepare(spec);
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionContinuedAsNew, command);
        end.WorkflowExecutionContinuedAsNewEventAttributes = new()
        {
            NewExecutionRunId = next.RunId,
            WorkflowType = new WorkflowType { Name = spec.Type },
            TaskQueue = new() { Name = spec.TaskQueue, Kind = TaskQueueKind.Normal },
            Input = wanted.Input,
            WorkflowRunTimeout = Duration.FromTimeSpan(spec.RunTimeout),
            WorkflowTaskTimeout = Duration.FromTimeSpan(spec.TaskTimeout),
            WorkflowTaskCompletedEventId = completedId,
            BackoffStartInterval = wanted.BackoffStartInterval,
            Initiator = wanted.Initiator,
            InheritBuildId = wanted.InheritBuildId,
            Failure = wanted.Failure,
            LastCompletionResult = wanted.LastCompletionResult,
            Header = wanted.Header,
            Memo = wanted.Memo,
            SearchAttributes = attributes,
        };
        Close(run, end, WorkflowExecutionStatus.ContinuedAsNew, next);
    }

    /// <summary>It is ended from outside, at once: its code is not asked.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reason">Why.</param>
    /// <param name="details">More on that; null for none.</param>
    /// <param name="identity">Who.</param>
    /// <param name="keepsChildren">Whether its children go on whatever their policy says: it is ended by a reset. Default: false.</param>
    public static void Terminate(WorkflowRun run, string reason, Payloads? details, string identity, bool keepsChildren = false)
    {
        FailOpenTask(run);
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionTerminated);
        end.WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity };
        Close(run, end, WorkflowExecutionStatus.Terminated, null, keepsChildren);
    }

    /// <summary>Its time is up.</summary>
    public static void TimeOut(WorkflowRun run)
    {
        if (!run.IsOpen)
        {
            return;
        }

        FailOpenTask(run);
        Failure failure = new() { Message = "workflow timeout", Source = "Server",
            TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose } };
        (TimeSpan? wait, RetryState state) = RetrySchedule.Next(run.Spec.RetryPolicy, run.Spec.Attempt, failure, run.State.Time.Now,
            run.Expiration);
        bool isOver = run.Expiration <= run.State.Time.Now;
        WorkflowRun? next = isOver ? null : wait is { } backoff ? Retry(run, failure, backoff) : Cron(run, run.Spec.LastResult, failure);
        HistoryEvent end = run.History.Make(EventType.WorkflowExecutionTimedOut);
        end.WorkflowExecutionTimedOutEventAttributes = new() { RetryState = isOver ? RetryState.Timeout
            : state, NewExecutionRunId = next?.RunId ?? "" };
        Close(run, end, WorkflowExecutionStatus.TimedOut, next);
    }

    // A task that a worker is at ends before the run does, and what came meanwhile is written.
    private static void FailOpenTask(WorkflowRun run)
    {
        if (run.Tasks.Current is { IsStarted: true } task)
        {
            run.Tasks.ForceEnd(task, WorkflowTaskFailedCause.ForceCloseCommand, null, "history-service");
        }
    }

    private static void Close(
        WorkflowRun run, HistoryEvent end, WorkflowExecutionStatus status, WorkflowRun? next, bool keepsChildren = false)
    {
        run.History.Append(end);
        run.Updates.RunClosed(next);
        run.Close(status, next?.RunId ?? "");
        if (!keepsChildren)
        {
            run.State.Defer(run.Children.ParentClosed);
        }

        if (next is not null)
        {
            run.Space.Begin(next);
        }
        else if (run.Spec.Parent is { } parent)
        {
            run.State.Defer(() => parent.Run.Children.Ended(run, end));
        }
    }

    private static WorkflowRun Retry(WorkflowRun run, Failure failure, TimeSpan backoff) => run.Space.Prepare(Following(run) with
    {
        Backoff = backoff, Attempt = run.Spec.Attempt + 1, Initiator = ContinueAsNewInitiator.Retry, LastFailure = failure,
    });

    private static WorkflowRun? Cron(WorkflowRun run, Payloads? result, Failure? failure)
    {
        if (run.Spec.CronSchedule.Length == 0
            || CronTime.Next(run.Spec.CronSchedule, run.StartTime + run.Spec.Backoff, run.State.Time.Now) is not { } wait)
        {
            return null;
        }

        return run.State.Time.Now + wait > run.Expiration ? null : run.Space.Prepare(Following(run) with
        {
            Backoff = wait, Initiator = ContinueAsNewInitiator.CronSchedule, LastResult = result, LastFailure = failure,
        });
    }

    private static RunSpec Following(WorkflowRun run) => run.Spec with
    {
        ContinuedRunId = run.RunId,
        FirstRunId = run.FirstRunId,
        Expiration = run.Expiration,
        Attempt = 1,
        Backoff = TimeSpan.Zero,
        IsStartDelay = false,
        EagerWorker = null,
        Signal = null,
        ResetPoints = run.ResetPoints.Rolled(),
        PinnedTo = run.Versioning.Inherited,
        Override = run.Versioning.Override,
        RequestId = "",
        Memo = run.Memo,
        SearchAttributes = run.SearchAttributes,
        LastResult = run.Spec.LastResult,
    };

    // A run that lives for less than a second has its successor wait for the rest of it: none that only goes on as new is a load. A clock
    // that skips has nothing to be spared, and may stand still while its client awaits an answer of that successor.
    private static TimeSpan Slowed(WorkflowRun run, TimeSpan backoff)
    {
        if (run.State.Time.Skips)
        {
            return backoff;
        }

        TimeSpan rest = LeastTimeBetweenRuns - (run.State.Time.Now - run.StartTime) - backoff;
        return rest > TimeSpan.Zero ? backoff + rest : backoff;
    }

    private static TimeSpan? Given(Duration? duration) => duration?.ToTimeSpan() is { } time && time > TimeSpan.Zero ? time : null;
}
