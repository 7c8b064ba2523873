using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Signals, cancels, terminates, asks and updates workflows.</content>
internal sealed partial class WorkflowService
{
    public Task<SignalWorkflowExecutionResponse> SignalWorkflowExecution(SignalWorkflowExecutionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            Require(RequestFaults.Of(request));
            WorkflowRun run = Space(request.Namespace).GetOpen(request.WorkflowExecution);
            run.Signal(request.SignalName, request.Input, request.Identity, request.Header, null, request.RequestId);
            RequireWithinLimits(run);
            return new SignalWorkflowExecutionResponse();
        }));

    public Task<RequestCancelWorkflowExecutionResponse> RequestCancelWorkflowExecution(RequestCancelWorkflowExecutionRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            WorkflowRun run = Space(request.Namespace).Get(request.WorkflowExecution);
            RequireChain(run, request.FirstExecutionRunId);
            if (run.IsOpen)
            {
                run.RequestCancel(request.Reason, request.Identity, null, 0);
                RequireWithinLimits(run);
            }

            return new RequestCancelWorkflowExecutionResponse();
        }));

    public Task<TerminateWorkflowExecutionResponse> TerminateWorkflowExecution(TerminateWorkflowExecutionRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            WorkflowRun run = Space(request.Namespace).GetOpen(request.WorkflowExecution);
            RequireChain(run, request.FirstExecutionRunId);
            RunEnds.Terminate(run, request.Reason, request.Details, request.Identity);
            return new TerminateWorkflowExecutionResponse();
        }));

    public Task<DeleteWorkflowExecutionResponse> DeleteWorkflowExecution(DeleteWorkflowExecutionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            WorkflowRun run = space.Get(request.WorkflowExecution);
            if (run.IsOpen)
            {
                RunEnds.Terminate(run, "Delete workflow execution", null, "history-service");
            }

            space.Delete(run);
            return new DeleteWorkflowExecutionResponse();
        }));

    public Task<ResetWorkflowExecutionResponse> ResetWorkflowExecution(ResetWorkflowExecutionRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            WorkflowRun from = Space(request.Namespace).Get(request.WorkflowExecution);
            string id = $"reset/{request.RequestId}";
            if (request.RequestId.Length > 0 && !from.RequestIds.Add(id))
            {
                return new ResetWorkflowExecutionResponse { RunId = Space(request.Namespace).Current(from.WorkflowId)!.RunId };
            }

            WorkflowRun run = RunReset.To(from, request.WorkflowTaskFinishEventId, request.Reason, request.Identity,
                request.ResetReapplyExcludeTypes);
            return new ResetWorkflowExecutionResponse { RunId = run.RunId };
        }));

    public async Task<QueryWorkflowResponse> QueryWorkflow(QueryWorkflowRequest request, ServerCallContext call)
    {
        Require(RequestFaults.Of(request));
        TimeSpan patience = Patience(call, LongestPoll);
        WorkflowRun run = await ReadyAsync(request, patience, call.CancellationToken).ConfigureAwait(false);
        (RunQuery? query, WorkflowExecutionStatus status) = state.Change(() => IsRejected(run, request.QueryRejectCondition)
            ? (null, run.Status)
            : run.Tasks.Attempt >= 3
                ? throw RpcErrors.FailedPrecondition("Cannot query workflow due to Workflow Task in failed state.",
                    new WorkflowNotReadyFailure())
                : (run.Queries.Ask(request.Query), run.Status));
        if (query is null)
        {
            return new() { QueryRejected = new QueryRejected { Status = status } };
        }

        WorkflowQueryResult? result = await query.Waiter.WaitAsync(patience, call.CancellationToken).ConfigureAwait(false);
        state.Change(() => run.Queries.TakeDirect(query.Id));
        return result switch
        {
            null => throw RpcErrors.Of(StatusCode.DeadlineExceeded, "query timed out before a worker could process it"),
            { ResultType: QueryResultType.Failed } => throw RpcErrors.Of(
                StatusCode.InvalidArgument, result.ErrorMessage, new QueryFailedFailure { Failure = result.Failure }),
            _ => new() { QueryResult = result.Answer },
        };
    }

    public async Task<UpdateWorkflowExecutionResponse> UpdateWorkflowExecution(UpdateWorkflowExecutionRequest request,
        ServerCallContext call)
    {
        Require(RequestFaults.Of(request));
        Stage wanted = Wanted(request);
        (WorkflowRun run, RunUpdate update, Waiter<RunUpdate>? waiter) = state.Change(() =>
        {
            WorkflowRun run = Admitting(Space(request.Namespace), request);
            RunUpdate update = run.Updates.Find(request.Request.Meta.UpdateId) ?? run.Updates.Admit(request.Request);
            return (run, update, Wait(update, wanted));
        });
        return await AnswerAsync(run, update, waiter, call).ConfigureAwait(false);
    }

    public async Task<PollWorkflowExecutionUpdateResponse> PollWorkflowExecutionUpdate(PollWorkflowExecutionUpdateRequest request,
        ServerCallContext call)
    {
        Stage wanted = request.WaitPolicy?.LifecycleStage ?? Stage.Unspecified;
        (WorkflowRun run, RunUpdate update, Waiter<RunUpdate>? waiter) = state.Change(() =>
        {
            WorkflowRun run = Space(request.Namespace).Get(request.UpdateRef.WorkflowExecution);
            RunUpdate update = run.Updates.Find(request.UpdateRef.UpdateId)
                ?? throw RpcErrors.NotFound($"update \"{request.UpdateRef.UpdateId}\" not found");
            return (run, update, wanted == Stage.Unspecified ? null : Wait(update, wanted));
        });
        UpdateWorkflowExecutionResponse answer = await AnswerAsync(run, update, waiter, call).ConfigureAwait(false);
        return new() { Outcome = answer.Outcome, Stage = answer.Stage, UpdateRef = answer.UpdateRef };
    }

    private static Stage Wanted(UpdateWorkflowExecutionRequest request) => request switch
    {
        { Request.Input.Name: not { Length: > 0 } } => throw RpcErrors.InvalidArgument("Update name is not set on request."),
        { Request.Meta: not { UpdateId.Length: > 0 } } => throw RpcErrors.InvalidArgument("UpdateId is not set on request."),
        { WaitPolicy: null or { LifecycleStage: Stage.Unspecified or Stage.Admitted } } => Stage.Accepted,
        _ => request.WaitPolicy.LifecycleStage,
    };

    // An update that is known is answered after the end of its run as well.
    private static WorkflowRun Admitting(TemporalNamespace space, UpdateWorkflowExecutionRequest request)
    {
        WorkflowRun run = space.Get(request.WorkflowExecution);
        RequireChain(run, request.FirstExecutionRunId);
        return run.IsOpen || run.Updates.Find(request.Request.Meta.UpdateId) is not null ? run
            : throw RpcErrors.NotFound("workflow execution already completed");
    }

    private Waiter<RunUpdate>? Wait(RunUpdate update, Stage wanted)
    {
        if (update.Stage >= wanted)
        {
            return null;
        }

        Waiter<RunUpdate> waiter = new(state);
        update.Waiting.Add((wanted, waiter));
        return waiter;
    }

    private async Task<UpdateWorkflowExecutionResponse> AnswerAsync(WorkflowRun run, RunUpdate update, Waiter<RunUpdate>? waiter,
        ServerCallContext call)
    {
        if (waiter is not null)
        {
            await waiter.WaitAsync(Patience(call, LongestWait), call.CancellationToken).ConfigureAwait(false);
        }

        return state.Change(() => update.Aborted is { } aborted ? throw aborted : new UpdateWorkflowExecutionResponse
        {
            UpdateRef = new UpdateRef { WorkflowExecution = run.Execution, UpdateId = update.Id },
            Stage = update.Stage,
            Outcome = update.Outcome,
        });
    }

    // A run that has not been seen by any worker yet cannot be asked: its first task is waited for.
    private async Task<WorkflowRun> ReadyAsync(QueryWorkflowRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            (WorkflowRun run, Waiter<object>? watcher) = state.Change(() =>
            {
                WorkflowRun run = Space(request.Namespace).Get(request.Execution);
                return (run, run.Tasks.HasCompletedAny || !run.IsOpen ? null : run.Watch());
            });
            if (watcher is null)
            {
                return run;
            }

            TimeSpan left = patience - TimeProvider.System.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || await watcher.WaitAsync(left, cancellationToken).ConfigureAwait(false) is null)
            {
                throw RpcErrors.FailedPrecondition("Workflow task is not scheduled yet.", new WorkflowNotReadyFailure());
            }
        }
    }

    private static bool IsRejected(WorkflowRun run, QueryRejectCondition condition) => condition switch
    {
        QueryRejectCondition.NotOpen => !run.IsOpen,
        QueryRejectCondition.NotCompletedCleanly => !run.IsOpen && run.Status != WorkflowExecutionStatus.Completed,
        _ => false,
    };

    private static void RequireChain(WorkflowRun run, string firstRunId)
    {
        if (firstRunId.Length > 0 && run.FirstRunId != firstRunId)
        {
            throw RpcErrors.NotFound($"Workflow execution not found for first execution run id {firstRunId}.");
        }
    }
}
