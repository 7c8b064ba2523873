using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// Resets a workflow: a new run takes over the history of another up to one of its workflow tasks, and goes on from there.
/// </summary>
internal static class RunReset
{
    /// <summary>Does it.</summary>
    /// <param name="from">The run whose history is taken over.</param>
    /// <param name="finishId">The event that ended, or would have ended, the workflow task at which the new run begins.</param>
    /// <param name="reason">Why.</param>
    /// <param name="identity">Who.</param>
    /// <param name="left">What of the events after that point is not brought to the new run.</param>
    /// <exception cref="Grpc.Core.RpcException">There is no such workflow task.</exception>
    public static WorkflowRun To(WorkflowRun from, long finishId, string reason, string identity,
        IReadOnlyCollection<ResetReapplyExcludeType> left)
    {
        if (finishId <= 1 || finishId > from.History.NextId)
        {
            throw RpcErrors.InvalidArgument("Workflow task finish ID must be > 1 && <= workflow last event ID.");
        }

        List<HistoryEvent> taken = [.. from.History.Events.Take((int)finishId - 1)];
        HistoryEvent? scheduled = taken.FindLast(made => made.EventType == EventType.WorkflowTaskScheduled);
        HistoryEvent? started = taken.FindLast(made => made.EventType == EventType.WorkflowTaskStarted);
        if (scheduled is null || taken[^1].EventType is not (EventType.WorkflowTaskStarted or EventType.WorkflowTaskScheduled))
        {
            throw RpcErrors.InvalidArgument($"Unable to reset workflow: event {finishId} does not end a workflow task.");
        }

        WorkflowRun run = from.Space.Prepare(from.Spec with { RequestId = "", FirstRunId = from.FirstRunId });
        HistoryEvent failed = run.History.Make(EventType.WorkflowTaskFailed);
        failed.WorkflowTaskFailedEventAttributes = new()
        {
            ScheduledEventId = scheduled.EventId,
            StartedEventId = started is not null && started.EventId > scheduled.EventId ? started.EventId : 0,
            Cause = WorkflowTaskFailedCause.ResetWorkflow,
            Failure = new Failure { Message = reason, ResetWorkflowFailureInfo = new() },
            Identity = "history-service",
            BaseRunId = from.RunId,
            NewRunId = run.RunId,
        };
        if (from.Space.Current(from.WorkflowId) is { IsOpen: true } open)
        {
            RunEnds.Terminate(open, reason, null, "history-resetter", keepsChildren: true);
        }

        from.Space.Resume(run, [.. taken.Select(made => made.Clone()), failed]);
        Bring(from, run, finishId, left);
        run.Tasks.Ensure();
        return run;
    }

    // Signals and updates after that point still hold, also those to the runs that followed; a cancel request does not.
    private static void Bring(WorkflowRun from, WorkflowRun run, long finishId, IReadOnlyCollection<ResetReapplyExcludeType> left)
    {
        IEnumerable<HistoryEvent> later = from.History.Events.Skip((int)finishId - 1);
        for (WorkflowRun? next = from.Space.Find(from.WorkflowId, from.NextRunId); next is not null
            && next != run; next = from.Space.Find(from.WorkflowId, next.NextRunId))
        {
            later = later.Concat(next.History.Events);
        }

        foreach (HistoryEvent made in later.ToList())
        {
            if (made.EventType == EventType.WorkflowExecutionSignaled && !left.Contains(ResetReapplyExcludeType.Signal))
            {
                run.Put(made.Clone());
            }
            else if (made.WorkflowExecutionUpdateAcceptedEventAttributes?.AcceptedRequest is { } request
                && !left.Contains(ResetReapplyExcludeType.Update))
            {
                run.Updates.Readmit(request);
            }
        }
    }
}
