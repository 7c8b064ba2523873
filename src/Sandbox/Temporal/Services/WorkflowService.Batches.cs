using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Batches;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Visibility;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Does one thing to many workflows.</content>
internal sealed partial class WorkflowService
{
    private const int BatchPage = 100;

    public Task<StartBatchOperationResponse> StartBatchOperation(StartBatchOperationRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            BatchAct act = BatchAct.Of(request);
            if (request.JobId.Length == 0 || request.Reason.Length == 0)
            {
                throw RpcErrors.InvalidArgument($"{(request.JobId.Length == 0 ? "JobId" : "Reason")} is not set on request.");
            }

            if ((request.VisibilityQuery.Length == 0) == (request.Executions.Count == 0))
            {
                throw RpcErrors.InvalidArgument("Only one of VisibilityQuery and Executions must be set on request.");
            }

            if (!space.Batches.Exists(known => known.Request.JobId == request.JobId))
            {
                space.Batches.Add(Done(space, request, act));
            }

            return new StartBatchOperationResponse();
        }));

    public Task<DescribeBatchOperationResponse> DescribeBatchOperation(DescribeBatchOperationRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() => Space(request.Namespace).Batches.Find(known => known.Request.JobId == request.JobId)
            ?.Description() ?? throw RpcErrors.NotFound($"workflow not found for ID: {request.JobId}")));

    /// <summary>None can be stopped: whatever was begun is over.</summary>
    public Task<StopBatchOperationResponse> StopBatchOperation(StopBatchOperationRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change<StopBatchOperationResponse>(() => throw RpcErrors.NotFound(
            Space(request.Namespace).Batches.Exists(known => known.Request.JobId == request.JobId)
                ? "workflow execution already completed" : $"workflow not found for ID: {request.JobId}")));

    public Task<ListBatchOperationsResponse> ListBatchOperations(ListBatchOperationsRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            List<BatchOperation> newestFirst = [.. Enumerable.Reverse(Space(request.Namespace).Batches)];
            int size = request.PageSize is > 0 and < BatchPage ? request.PageSize : BatchPage;
            int from = int.TryParse(
                request.NextPageToken.ToStringUtf8(), NumberStyles.None, CultureInfo.InvariantCulture, out int seen) ? seen : 0;
            ListBatchOperationsResponse response = new();
            response.OperationInfo.AddRange(newestFirst.Skip(from).Take(size).Select(known => known.Info()));
            if (from + size < newestFirst.Count)
            {
                response.NextPageToken = ByteString.CopyFromUtf8((from + size).ToString(CultureInfo.InvariantCulture));
            }

            return response;
        }));

    private BatchOperation Done(TemporalNamespace space, StartBatchOperationRequest request, BatchAct act)
    {
        List<Func<WorkflowRun>> meant;
        try
        {
            meant = Meant(space, request);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument)
        {
            // As the real server: the batch begins, and its work finds that the query cannot be read.
            return new(request, act, state.Time.Now, 0, 0, IsFailed: true);
        }

        return new(request, act, state.Time.Now, meant.Count, meant.Count(run => !IsDone(run, act)), IsFailed: false);
    }

    private static List<Func<WorkflowRun>> Meant(TemporalNamespace space, StartBatchOperationRequest request)
    {
        if (request.Executions.Count > 0)
        {
            return [.. request.Executions.Select(execution => (Func<WorkflowRun>)(() => space.Get(execution)))];
        }

        VisibilityQuery query = VisibilityQuery.Parse(request.VisibilityQuery, space.Attributes);
        return [.. space.Runs.Where(query.Matches).Select(run => (Func<WorkflowRun>)(() => run))];
    }

    // What is not there any more, or has ended by itself, needs nothing done to it.
    private static bool IsDone(Func<WorkflowRun> run, BatchAct act)
    {
        try
        {
            act.Do(run());
            return true;
        }
        catch (RpcException e)
        {
            return e.StatusCode == StatusCode.NotFound;
        }
    }
}
