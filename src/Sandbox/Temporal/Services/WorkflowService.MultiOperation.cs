using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Stage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Starts a workflow and updates it in one call: both, or none.</content>
internal sealed partial class WorkflowService
{
    public async Task<ExecuteMultiOperationResponse> ExecuteMultiOperation(ExecuteMultiOperationRequest request, ServerCallContext call)
    {
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            throw RpcErrors.InvalidArgument("Operations have to be exactly [Start, Update].");
        }

        Stage wanted = Wanted(update);
        (StartWorkflowExecutionResponse started, WorkflowRun run, RunUpdate admitted, Waiter<RunUpdate>? waiter) = state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            StartWorkflowExecutionResponse begun;
            try
            {
                begun = StartOrReuse(space, start, update);
            }
            catch (RpcException e)
            {
                throw Failed(e, isStart: true);
            }

            WorkflowRun run = space.Find(start.WorkflowId, begun.RunId)!;
            try
            {
                RunUpdate admitted = run.Updates.Find(update.Request.Meta.UpdateId) ?? run.Updates.Admit(update.Request);
                return (begun, run, admitted, Wait(admitted, wanted));
            }
            catch (RpcException e)
            {
                throw Failed(e, isStart: false);
            }
        });
        UpdateWorkflowExecutionResponse answer = await AnswerAsync(run, admitted, waiter, call).ConfigureAwait(false);
        return new() { Responses = { new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = started },
            new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = answer } } };
    }

    // The same call sent twice finds its own update, whatever has become of the run since.
    private StartWorkflowExecutionResponse StartOrReuse(TemporalNamespace space, StartWorkflowExecutionRequest start,
        UpdateWorkflowExecutionRequest update) =>
        space.Current(start.WorkflowId) is { } current && current.Updates.Find(update.Request.Meta.UpdateId) is not null
            ? Started(current, started: false)
            : Start(start, null);

    private static RpcException Failed(RpcException cause, bool isStart)
    {
        MultiOperationExecutionFailure.Types.OperationStatus aborted = new() { Code = (int)StatusCode.Aborted,
            Message = "Operation was aborted." };
        MultiOperationExecutionFailure.Types.OperationStatus failed = new() { Code = (int)cause.StatusCode, Message = cause.Status.Detail };
        failed.Details.AddRange(RpcErrors.DetailsOf(cause));
        return RpcErrors.Of(
            cause.StatusCode,
            $"{(isStart ? "Start" : "Update")} failed: {cause.Status.Detail}",
            new MultiOperationExecutionFailure { Statuses = { isStart ? failed : aborted, isStart ? aborted : failed } });
    }
}
