using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>What a poller of workflow tasks is sent.</summary>
internal static class WorkflowTaskMessage
{
    /// <summary>A task or a question.</summary>
    public static PollWorkflowTaskQueueResponse Of(IWorkflowQueueTask queued) => queued switch
    {
        WorkflowTask task => Of(task),
        RunQuery query => Of(query),
        _ => throw new InvalidOperationException($"{queued.GetType().Name} is nothing that a worker is sent."),
    };

    /// <summary>A task that was just started. Over the sticky queue only what is new since the one before.</summary>
    public static PollWorkflowTaskQueueResponse Of(WorkflowTask task)
    {
        WorkflowRun run = task.Run;
        PollWorkflowTaskQueueResponse response = Of(run);
        response.TaskToken = new TaskToken(run.RunId, task.ScheduledId, task.Nonce).ToBytes();
        response.StartedEventId = task.StartedId;
        response.Attempt = task.Attempt;
        response.ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledAt);
        response.StartedTime = Timestamp.FromDateTimeOffset(task.StartedAt);
        response.History = new History();
        response.History.Events.AddRange(run.History.Events.Skip(task.IsOnSticky ? (int)run.Tasks.LastStartedId : 0));
        response.History.Events.AddRange(run.Tasks.Unwritten(task));
        response.Messages.AddRange(run.Updates.Send(task));
        response.Queries.Add(run.Queries.Ride().ToDictionary(StringComparer.Ordinal));
        return response;
    }

    private static PollWorkflowTaskQueueResponse Of(RunQuery query)
    {
        WorkflowRun run = query.Run;
        PollWorkflowTaskQueueResponse response = Of(run);
        response.TaskToken = new TaskToken(run.RunId, 0, query.Id).ToBytes();
        response.Query = query.Query;
        response.History = new History();
        if (!query.IsSticky)
        {
            // Without a task that has been opened since: a worker that reads of its start takes it for done, and drops it when it comes.
            response.History.Events.AddRange(
                run.Tasks.Current is { Kind: WorkflowTaskKind.Normal } open
                    ? run.History.Events.Take((int)open.ScheduledId - 1)
                    : run.History.Events);
        }

        return response;
    }

    private static PollWorkflowTaskQueueResponse Of(WorkflowRun run) => new()
    {
        WorkflowExecution = run.Execution,
        WorkflowType = new WorkflowType { Name = run.Spec.Type },
        PreviousStartedEventId = run.Tasks.LastStartedId,
        WorkflowExecutionTaskQueue = run.QueueMessage(),
    };
}
