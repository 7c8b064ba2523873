using System.Globalization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Visibility;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Services;

/// <content>Reads histories, describes, lists and counts workflows.</content>
internal sealed partial class WorkflowService
{
    // The server's own page.
    private const int HistoryPage = 256;
    private const int ListPage = 1000;

    public async Task<GetWorkflowExecutionHistoryResponse> GetWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest request,
        ServerCallContext call)
    {
        HistoryToken? token = HistoryToken.Parse(request.NextPageToken);
        bool isClose = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        (WorkflowRun run, Waiter<object>? watcher) = state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            WorkflowRun run = token is null ? space.Get(request.Execution) : space.Find(request.Execution.WorkflowId, token.RunId)
                ?? throw RpcErrors.NotFound($"workflow not found for ID: {request.Execution.WorkflowId}");
            bool waits = request.WaitNewEvent && run.IsOpen && (isClose || token?.Next >= run.History.NextId);
            return (run, waits ? run.Watch() : null);
        });
        if (watcher is not null)
        {
            TimeSpan patience = Patience(call, LongestWait);
            long began = TimeProvider.System.GetTimestamp();
            while (watcher is not null)
            {
                TimeSpan left = patience - TimeProvider.System.GetElapsedTime(began);
                bool isTold = left > TimeSpan.Zero
                    && await watcher.WaitAsync(left, call.CancellationToken).ConfigureAwait(false) is not null;
                watcher = isTold && isClose ? state.Change(() => run.IsOpen ? run.Watch() : null) : null;
            }
        }

        return state.Change(() => isClose ? CloseEvent(run, request) : Page(run, token, request));
    }

    public Task<GetWorkflowExecutionHistoryReverseResponse> GetWorkflowExecutionHistoryReverse(
        GetWorkflowExecutionHistoryReverseRequest request, ServerCallContext call) => Task.FromResult(state.Change(() =>
        {
            WorkflowRun run = Space(request.Namespace).Get(request.Execution);
            long last = HistoryToken.Parse(request.NextPageToken)?.Next ?? run.History.NextId - 1;
            int size = request.MaximumPageSize is > 0 and < HistoryPage ? request.MaximumPageSize : HistoryPage;
            GetWorkflowExecutionHistoryReverseResponse response = new() { History = new History() };
            response.History.Events.AddRange(run.History.Events.Take((int)last).Reverse().Take(size));
            response.NextPageToken = last > size ? new HistoryToken(run.RunId, last - size).ToBytes() : ByteString.Empty;
            return response;
        }));

    public Task<DescribeWorkflowExecutionResponse> DescribeWorkflowExecution(DescribeWorkflowExecutionRequest request,
        ServerCallContext call) =>
        Task.FromResult(state.Change(() => RunDescription.Of(Space(request.Namespace).Get(request.Execution))));

    public Task<ListWorkflowExecutionsResponse> ListWorkflowExecutions(ListWorkflowExecutionsRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            (IReadOnlyList<WorkflowRun> runs, ByteString next) = List(Space(request.Namespace), request.Query, request.PageSize,
                request.NextPageToken);
            ListWorkflowExecutionsResponse response = new() { NextPageToken = next };
            response.Executions.AddRange(runs.Select(RunDescription.InfoOf));
            return response;
        }));

    public async Task<ScanWorkflowExecutionsResponse> ScanWorkflowExecutions(ScanWorkflowExecutionsRequest request, ServerCallContext call)
    {
        ListWorkflowExecutionsResponse listed = await ListWorkflowExecutions(
            new()
            {
                Namespace = request.Namespace, Query = request.Query, PageSize = request.PageSize, NextPageToken = request.NextPageToken,
            },
            call).ConfigureAwait(false);
        return new() { Executions = { listed.Executions }, NextPageToken = listed.NextPageToken };
    }

    public Task<CountWorkflowExecutionsResponse> CountWorkflowExecutions(CountWorkflowExecutionsRequest request, ServerCallContext call) =>
        Task.FromResult(state.Change(() =>
        {
            TemporalNamespace space = Space(request.Namespace);
            VisibilityQuery query = VisibilityQuery.Parse(request.Query, space.Attributes);
            List<WorkflowRun> found = [.. space.Runs.Where(query.Matches)];
            CountWorkflowExecutionsResponse response = new() { Count = found.Count };
            if (query.GroupBy is { } attribute)
            {
                response.Groups.AddRange(found.GroupBy(run => VisibilityQuery.GroupOf(run, attribute))
                    .OrderBy(group => Enum.TryParse(group.Key, out WorkflowExecutionStatus status) ? (int)status : int.MaxValue)
                    .ThenBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new CountWorkflowExecutionsResponse.Types.AggregationGroup
                    {
                        GroupValues = { SearchAttributePayload.Keyword(group.Key) }, Count = group.Count(),
                    }));
            }

            return response;
        }));

    private static (IReadOnlyList<WorkflowRun> Runs, ByteString Next) List(TemporalNamespace space, string text, int pageSize,
        ByteString token)
    {
        VisibilityQuery query = VisibilityQuery.Parse(text, space.Attributes);
        if (query.GroupBy is not null)
        {
            throw RpcErrors.InvalidArgument("operation is not supported: 'GROUP BY' clause");
        }

        int size = pageSize is > 0 and < ListPage ? pageSize : ListPage;
        string after = token.ToStringUtf8();
        IEnumerable<WorkflowRun> newestFirst = Enumerable.Reverse(space.Runs).Where(query.Matches);
        List<WorkflowRun> found =
        [
            .. (after.Length == 0 ? newestFirst : newestFirst.SkipWhile(run => run.RunId != after).Skip(1)).Take(size + 1),
        ];
        bool isMore = found.Count > size;
        return (isMore ? found[..size] : found, isMore ? ByteString.CopyFrom(found[size - 1].RunId, Encoding.UTF8) : ByteString.Empty);
    }

    private static GetWorkflowExecutionHistoryResponse CloseEvent(WorkflowRun run, GetWorkflowExecutionHistoryRequest request)
    {
        GetWorkflowExecutionHistoryResponse response = new() { History = new History() };
        if (run.IsOpen && request.WaitNewEvent)
        {
            response.NextPageToken = new HistoryToken(run.RunId, run.History.NextId).ToBytes();
        }
        else
        {
            response.History.Events.Add(run.History.Events[^1]);
        }

        return response;
    }

    private static GetWorkflowExecutionHistoryResponse Page(WorkflowRun run, HistoryToken? token,
        GetWorkflowExecutionHistoryRequest request)
    {
        int size = request.MaximumPageSize is > 0 and < HistoryPage ? request.MaximumPageSize : HistoryPage;
        int from = (int)(token?.Next ?? 1) - 1;
        GetWorkflowExecutionHistoryResponse response = new() { History = new History() };
        response.History.Events.AddRange(run.History.Events.Skip(from).Take(size));
        long next = from + response.History.Events.Count + 1;
        bool isMore = next < run.History.NextId || (request.WaitNewEvent && run.IsOpen);
        response.NextPageToken = isMore ? new HistoryToken(run.RunId, next).ToBytes() : ByteString.Empty;
        return response;
    }

    private sealed record HistoryToken(string RunId, long Next)
    {
        public ByteString ToBytes() => ByteString.CopyFromUtf8(string.Create(CultureInfo.InvariantCulture, $"{RunId}/{Next}"));

        public static HistoryToken? Parse(ByteString token) =>
            token.IsEmpty ? null
            : token.ToStringUtf8().Split('/') is [var run, var next]
                && long.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out long id)
                ? new HistoryToken(run, id)
                : throw RpcErrors.InvalidArgument("Invalid NextPageToken.");
    }
}
