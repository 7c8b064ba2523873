using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkflowHandleTests(RealServer server) : ClientTest(server)
{
    [LabFact]
    public async Task Signal_Sent_IsInTheHistoryWithItsArguments()
    {
        WorkflowHandle handle = await StartAsync();

        await handle.SignalAsync("approve", ["ann", 2]);

        WorkflowExecutionSignaledEventAttributes signal =
            (await handle.FetchHistoryAsync()).Events.Last(e => e.EventType == EventType.WorkflowExecutionSignaled).WorkflowExecutionSignaledEventAttributes;
        Assert.Equal(("approve", "\"ann\" 2"), (signal.SignalName, string.Join(' ', signal.Input.Payloads_.Select(p => p.Data.ToStringUtf8()))));
    }

    [LabFact]
    public async Task Signal_ToAWorkflowThatIsNotThere_ThrowsNotFound()
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => Client.GetWorkflowHandle(Id).SignalAsync("approve", []));

        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
    }

    [LabFact]
    public async Task Query_Answered_GivesTheValue()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        Task<string> answer = handle.QueryAsync<string>("status", ["short"]);

        WorkflowQuery query = await Worker.AnswerQueryAsync("rolling");

        Assert.Equal("rolling", await answer.Within());
        Assert.Equal(("status", "\"short\""), (query.QueryType, query.QueryArgs.Payloads_[0].Data.ToStringUtf8()));
    }

    [LabFact]
    public async Task Query_ThatFails_ThrowsWhatTheWorkflowSaid()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.AnswerAsync();
        Task<string> answer = handle.QueryAsync<string>("status", []);

        await Worker.AnswerQueryAsync(null);

        Assert.Equal("no such thing", (await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => answer.Within())).Message);
    }

    [LabFact]
    public async Task Query_OfAClosedWorkflow_IsRejectedWhereAsked()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.CompleteAsync(null);

        WorkflowQueryRejectedException error = await Assert.ThrowsAsync<WorkflowQueryRejectedException>(
            () => handle.QueryAsync<string>("status", [], new() { RejectCondition = QueryRejectCondition.NotOpen }));

        Assert.Equal(WorkflowExecutionStatus.Completed, error.WorkflowStatus);
    }

    [LabFact]
    public async Task Cancel_OfAnotherChainOfRuns_IsRefused()
    {
        await StartAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => Client.GetWorkflowHandle(Id, firstExecutionRunId: Guid.NewGuid().ToString()).CancelAsync());

        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
    }

    [LabFact]
    public async Task Cancel_Requested_IsInTheHistory()
    {
        WorkflowHandle handle = await StartAsync();

        await handle.CancelAsync();

        Assert.Contains((await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.WorkflowExecutionCancelRequested);
    }

    [LabFact]
    public async Task List_OfAType_GivesItsWorkflowsAndTheirNumber()
    {
        string type = RealServer.NewId("Type");
        string[] ids = [.. Enumerable.Range(0, 3).Select(i => $"{Id}-{i}")];
        foreach (string id in ids)
        {
            await Client.StartWorkflowAsync(type, [], new(id, TaskQueue));
        }

        string query = $"WorkflowType = '{type}'";
        await UntilVisibleAsync(query, ids.Length);

        Assert.Equal(ids, (await ToListAsync(Client.ListWorkflowsAsync(query))).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await ToListAsync(Client.ListWorkflowsAsync(query, new() { Limit = 2 }))).Count);
        WorkflowListPage first = await Client.ListWorkflowsPaginatedAsync(query, null, new() { PageSize = 2 });
        WorkflowListPage second = await Client.ListWorkflowsPaginatedAsync(query, first.NextPageToken, new() { PageSize = 2 });
        Assert.Equal((2, 1), (first.Workflows.Count, second.Workflows.Count));
        WorkflowExecutionCount count = await Client.CountWorkflowsAsync($"{query} GROUP BY ExecutionStatus");
        Assert.Equal((3L, "Running"), (count.Groups.Single().Count, count.Groups.Single().GroupValues.Single()));
    }

    [LabFact]
    public async Task List_WithAQueryThatIsNone_ThrowsInvalidArgument()
    {
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => ToListAsync(Client.ListWorkflowsAsync("not a query")));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
    }

    // The index of the server follows the workflows a moment later.
    private async Task UntilVisibleAsync(string query, int count)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        RpcOptions rpc = new() { CancellationToken = limit.Token };
        while ((await Client.CountWorkflowsAsync(query, new() { Rpc = rpc })).Count < count)
        {
            await Task.Yield();
        }
    }

    private static async Task<List<string>> ToListAsync(IAsyncEnumerable<WorkflowExecution> workflows)
    {
        List<string> ids = [];
        await foreach (WorkflowExecution workflow in workflows)
        {
            ids.Add(workflow.Id);
        }

        return ids;
    }
}
