using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace Orchestrator.Sandbox.Temporal.Batches;

/// <summary>What a batch does to each of its workflows.</summary>
/// <param name="Type">Its type, as the API tells it.</param>
/// <param name="Identity">Who asked for it.</param>
/// <param name="Do">Does it to one; an <see cref="Grpc.Core.RpcException"/> says that it refuses.</param>
internal sealed record BatchAct(BatchOperationType Type, string Identity, Action<WorkflowRun> Do)
{
    /// <summary>What a request asks for.</summary>
    /// <exception cref="Grpc.Core.RpcException">Nothing, or what is not served.</exception>
    public static BatchAct Of(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.TerminationOperation => new(
            BatchOperationType.TerminateWorkflow,
            request.TerminationOperation.Identity,
            run => RunEnds.Terminate(
                Open(run), request.Reason, request.TerminationOperation.Details, request.TerminationOperation.Identity)),
        Operation.CancellationOperation => new(
            BatchOperationType.CancelWorkflow,
            request.CancellationOperation.Identity,
            run => Open(run).RequestCancel(request.Reason, request.CancellationOperation.Identity, null, 0)),
        Operation.SignalOperation => Signal(request.SignalOperation, request.JobId),
        Operation.DeletionOperation => new(BatchOperationType.DeleteWorkflow, request.DeletionOperation.Identity, Delete),
        Operation.ResetOperation => new(
            BatchOperationType.ResetWorkflow, request.ResetOperation.Identity, run => Reset(run, request.ResetOperation, request.Reason)),
        Operation.None => throw RpcErrors.InvalidArgument("Batch operation is not set on request."),
        _ => throw RpcErrors.Of(Grpc.Core.StatusCode.Unimplemented, $"The batch operation {request.OperationCase} is not served."),
    };

    private static BatchAct Signal(BatchOperationSignal signal, string jobId) => new(
        BatchOperationType.SignalWorkflow,
        signal.Identity,
        run => Open(run).Signal(signal.Signal, signal.Input, signal.Identity, signal.Header, null, jobId));

    private static void Delete(WorkflowRun run)
    {
        if (run.IsOpen)
        {
            RunEnds.Terminate(run, "Delete workflow execution", null, "history-service");
        }

        run.Space.Delete(run);
    }

    private static void Reset(WorkflowRun run, BatchOperationReset reset, string reason)
    {
        ResetOptions options = reset.Options ?? new();
        bool isFirst = options.TargetCase == ResetOptions.TargetOneofCase.FirstWorkflowTask
            || reset.ResetType == ResetType.FirstWorkflowTask;
        List<long> completed =
            [.. run.History.Events.Where(made => made.EventType == EventType.WorkflowTaskCompleted).Select(made => made.EventId)];
        long? finish = options.TargetCase switch
        {
            ResetOptions.TargetOneofCase.WorkflowTaskId => options.WorkflowTaskId,
            ResetOptions.TargetOneofCase.BuildId => run.ResetPoints.All?.Points
                .FirstOrDefault(point => point.BuildId == options.BuildId && point.RunId == run.RunId)?.FirstWorkflowTaskCompletedId,
            _ when completed.Count > 0 => isFirst ? completed[0] : completed[^1],
            _ => null,
        };
        RunReset.To(
            run,
            finish ?? throw RpcErrors.InvalidArgument("unable to find a workflow task to reset to"),
            reason,
            reset.Identity,
            options.ResetReapplyExcludeTypes);
    }

    private static WorkflowRun Open(WorkflowRun run) =>
        run.IsOpen ? run : throw RpcErrors.NotFound("workflow execution already completed");
}
