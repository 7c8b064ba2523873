using Google.Protobuf;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Gives activities to workers, and takes their heartbeats and answers, by token or by id.</content>
internal sealed partial class WorkflowService
{
    public async Task<PollActivityTaskQueueResponse> PollActivityTaskQueue(PollActivityTaskQueueRequest request, ServerCallContext call)
    {
        Poller poller = PollerOf(request.Identity, call, request.WorkerVersionCapabilities, request.DeploymentOptions);
        (ActivityAttempt? attempt, Waiter<ActivityAttempt>? waiter) = state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            space.Deployments.Note(poller, Normal(request.TaskQueue), TaskQueueType.Activity);
            TaskQueue<ActivityAttempt> queue = space.Queues.Activities(request.TaskQueue.Name);
            ActivityAttempt? first = queue.Take(poller);
            return (first, first is null ? queue.Wait(poller) : null);
        });
        attempt ??= await waiter!.WaitAsync(Patience(call, LongestPoll), call.CancellationToken).ConfigureAwait(false);
        return attempt is null ? new() : state.Change(() => attempt.Activity.Run.Activities.Task(attempt));
    }

    public Task<RecordActivityTaskHeartbeatResponse> RecordActivityTaskHeartbeat(RecordActivityTaskHeartbeatRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = ActivityOf(TaskToken.Parse(request.TaskToken), request.Namespace);
            return new RecordActivityTaskHeartbeatResponse { CancelRequested = Record(activity, request.Details, request.Identity) };
        }));

    public Task<RecordActivityTaskHeartbeatByIdResponse> RecordActivityTaskHeartbeatById(RecordActivityTaskHeartbeatByIdRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = StartedActivityOf(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            return new RecordActivityTaskHeartbeatByIdResponse { CancelRequested = Record(activity, request.Details, request.Identity) };
        }));

    public Task<RespondActivityTaskCompletedResponse> RespondActivityTaskCompleted(RespondActivityTaskCompletedRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = AnsweredActivityOf(request.TaskToken, request.Namespace, request.WorkerVersion);
            Complete(activity, request.Result, request.Identity);
            return new RespondActivityTaskCompletedResponse();
        }));

    public Task<RespondActivityTaskCompletedByIdResponse> RespondActivityTaskCompletedById(RespondActivityTaskCompletedByIdRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = ActivityOf(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            activity.StartBy(request.Identity);
            Complete(activity, request.Result, request.Identity);
            return new RespondActivityTaskCompletedByIdResponse();
        }));

    public Task<RespondActivityTaskFailedResponse> RespondActivityTaskFailed(RespondActivityTaskFailedRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            RequireOfAnApplication(request.Failure);
            PendingActivity activity = AnsweredActivityOf(request.TaskToken, request.Namespace, request.WorkerVersion);
            Fail(activity, request.Failure, request.LastHeartbeatDetails, request.Identity);
            return new RespondActivityTaskFailedResponse();
        }));

    public Task<RespondActivityTaskFailedByIdResponse> RespondActivityTaskFailedById(RespondActivityTaskFailedByIdRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            RequireOfAnApplication(request.Failure);
            PendingActivity activity = StartedActivityOf(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            Fail(activity, request.Failure, request.LastHeartbeatDetails, request.Identity);
            return new RespondActivityTaskFailedByIdResponse();
        }));

    public Task<RespondActivityTaskCanceledResponse> RespondActivityTaskCanceled(RespondActivityTaskCanceledRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = AnsweredActivityOf(request.TaskToken, request.Namespace, request.WorkerVersion);
            Cancel(activity, request.Details, request.Identity);
            return new RespondActivityTaskCanceledResponse();
        }));

    public Task<RespondActivityTaskCanceledByIdResponse> RespondActivityTaskCanceledById(RespondActivityTaskCanceledByIdRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            PendingActivity activity = StartedActivityOf(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            Cancel(activity, request.Details, request.Identity);
            return new RespondActivityTaskCanceledByIdResponse();
        }));

    private static void Complete(PendingActivity activity, Payloads? result, string identity)
    {
        if (Sizes.IsTooLarge(result))
        {
            Fail(activity, FailureSize.Refusal("Complete result exceeds size limit."), null, identity);
            return;
        }

        activity.Run.Activities.Complete(activity, result, identity);
        RequireWithinLimits(activity.Run);
    }

    private static void Fail(PendingActivity activity, Failure? failure, Payloads? lastHeartbeat, string identity)
    {
        activity.Fail(FailureSize.Taken(failure ?? new()), lastHeartbeat, identity);
        RequireWithinLimits(activity.Run);
    }

    private static void RequireOfAnApplication(Failure? failure) => Require(
        failure is { ApplicationFailureInfo: null } ? "Failure must have ApplicationFailureInfo." : null);

    // Details that are too large fail it, and its code is told to end.
    private static bool Record(PendingActivity activity, Payloads? details, string identity)
    {
        if (Sizes.IsTooLarge(details))
        {
            Fail(activity, FailureSize.Refusal("Heartbeat details exceed size limit."), null, identity);
            return true;
        }

        activity.Record(details);
        return activity.CancelRequestedId is not null;
    }

    private static void Cancel(PendingActivity activity, Payloads? details, string identity)
    {
        if (Sizes.IsTooLarge(details))
        {
            Fail(activity, FailureSize.Refusal("Cancel details exceed size limit."), null, identity);
            return;
        }

        if (activity.CancelRequestedId is null)
        {
            throw RpcErrors.InvalidArgument("Unable to cancel activity: no cancel was requested.");
        }

        activity.Run.Activities.Cancel(activity, details, identity);
        RequireWithinLimits(activity.Run);
    }

    private PendingActivity AnsweredActivityOf(ByteString token, string space, WorkerVersionStamp? by)
    {
        PendingActivity activity = ActivityOf(TaskToken.Parse(token), space);
        activity.AnsweredBy(by);
        return activity;
    }

    private PendingActivity ActivityOf(TaskToken token, string space) => RunOf(token, space).Activities.Of(token);

    // Only an end by id may come before any worker has begun.
    private PendingActivity StartedActivityOf(string space, string workflowId, string runId, string activityId) =>
        ActivityOf(space, workflowId, runId, activityId) is { IsStarted: true } activity ? activity
            : throw RpcErrors.NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    private PendingActivity ActivityOf(string space, string workflowId, string runId, string activityId) =>
        Space(space).GetOpen(new WorkflowExecution { WorkflowId = workflowId, RunId = runId }).Activities.Find(activityId)
        ?? throw RpcErrors.NotFound($"cannot find pending activity with ActivityID {activityId}, workflowID: {workflowId}, runID: {runId}");
}
