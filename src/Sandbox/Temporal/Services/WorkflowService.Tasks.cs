using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Gives workflow tasks to workers, and takes their answers.</content>
internal sealed partial class WorkflowService
{
    public async Task<PollWorkflowTaskQueueResponse> PollWorkflowTaskQueue(PollWorkflowTaskQueueRequest request, ServerCallContext call)
    {
        Poller poller = PollerOf(request.Identity, call, request.WorkerVersionCapabilities, request.DeploymentOptions);
        (IWorkflowQueueTask? task, Waiter<IWorkflowQueueTask>? waiter) = state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            space.Deployments.Note(poller, Normal(request.TaskQueue), TaskQueueType.Workflow);
            TaskQueue<IWorkflowQueueTask> queue = space.Queues.Workflows(request.TaskQueue.Name);
            IWorkflowQueueTask? first = queue.Take(poller);
            return (first, first is null ? queue.Wait(poller) : null);
        });
        task ??= await waiter!.WaitAsync(Patience(call, LongestPoll), call.CancellationToken).ConfigureAwait(false);
        return task is null or WorkflowTask { IsStarted: false } ? new() : state.Change(() => WorkflowTaskMessage.Of(task));
    }

    public Task<RespondWorkflowTaskCompletedResponse> RespondWorkflowTaskCompleted(RespondWorkflowTaskCompletedRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TaskToken token = TaskToken.Parse(request.TaskToken);
            WorkflowRun run = RunOf(token, request.Namespace);
            return new TaskCompletion(run, StartedTask(run, token), request).Apply();
        }));

    public Task<RespondWorkflowTaskFailedResponse> RespondWorkflowTaskFailed(RespondWorkflowTaskFailedRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TaskToken token = TaskToken.Parse(request.TaskToken);
            WorkflowRun run = RunOf(token, request.Namespace);
            run.Tasks.Fail(StartedTask(run, token), request.Cause, request.Failure, request.Identity);
            return new RespondWorkflowTaskFailedResponse();
        }));

    public Task<RespondQueryTaskCompletedResponse> RespondQueryTaskCompleted(RespondQueryTaskCompletedRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TaskToken token = TaskToken.Parse(request.TaskToken);
            RunQuery query = RunOf(token, request.Namespace).Queries.TakeDirect(token.Start)
                ?? throw RpcErrors.NotFound("query task not found, or already expired");
            query.Waiter.Tell(new WorkflowQueryResult
            {
                ResultType = request.CompletedType, Answer = request.QueryResult, ErrorMessage = request.ErrorMessage,
                Failure = request.Failure,
            });
            return new RespondQueryTaskCompletedResponse();
        }));

    public Task<ResetStickyTaskQueueResponse> ResetStickyTaskQueue(ResetStickyTaskQueueRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            Space(request.Namespace).GetOpen(request.Execution).Tasks.StickTo(null);
            return new ResetStickyTaskQueueResponse();
        }));

    public Task<ShutdownWorkerResponse> ShutdownWorker(ShutdownWorkerRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            space.Queues.Forget(request.StickyTaskQueue);
            foreach (WorkflowRun run in space.OpenRuns)
            {
                run.Tasks.LeaveSticky(request.StickyTaskQueue);
            }

            return new ShutdownWorkerResponse();
        }));

    private static WorkflowTask StartedTask(WorkflowRun run, TaskToken token) =>
        run.IsOpen && run.Tasks.Current is { IsStarted: true } task && task.Nonce == token.Start ? task
            : throw RpcErrors.NotFound("Workflow task not found.");
}
