using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>One thing done to many workflows; no worker takes part.</summary>
public abstract class BatchContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    private const int Runs = 3;

    protected async Task EachOfManyIsSignalledCancelledAndTerminatedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await BeginAsync(client);
        await RunAsync(client, request => request.SignalOperation = new() { Signal = "go", Identity = "a test" });
        await RunAsync(client, request => request.CancellationOperation = new() { Identity = "a test" });
        Assert.All(await DescribeAllAsync(client), run => Assert.True(run.WorkflowExtendedInfo.CancelRequested));
        Assert.All(await DescribeAllAsync(client), run => Assert.Equal(4, run.WorkflowExecutionInfo.HistoryLength));

        string job = await RunAsync(client, request => request.TerminationOperation = new() { Identity = "a test" });
        Assert.All(
            await DescribeAllAsync(client), run => Assert.Equal(WorkflowExecutionStatus.Terminated, run.WorkflowExecutionInfo.Status));
        DescribeBatchOperationResponse described = await DescribeAsync(client, job);
        Assert.Equal(
            (BatchOperationType.TerminateWorkflow, Runs, Runs, 0, "a test", "enough"),
            (described.OperationType, described.TotalOperationCount, described.CompleteOperationCount, described.FailureOperationCount,
                described.Identity, described.Reason));
        ListBatchOperationsResponse listed = await client.WorkflowService.ListBatchOperationsAsync(
            new() { Namespace = client.Options.Namespace });
        Assert.Contains(listed.OperationInfo, known => known.JobId == job && known.State == BatchOperationState.Completed);
    }

    protected async Task WorkflowsThatAreDeletedAreNotFoundAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await BeginAsync(client);
        await RunAsync(client, request => request.DeletionOperation = new() { Identity = "a test" });
        await UntilAsync(async () =>
        {
            try
            {
                await DescribeAllAsync(client);
                return false;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                return true;
            }
        });
    }

    protected async Task BatchThatCannotBeIsRefusedOrFailsAsync()
    {
        ITemporalClient client = await ConnectAsync();
        foreach (Action<StartBatchOperationRequest> change in new Action<StartBatchOperationRequest>[]
        {
            request => request.VisibilityQuery = "", request => request.JobId = "", request => request.Reason = "",
            request => request.ClearOperation(),
        })
        {
            StartBatchOperationRequest request = Request(asked => asked.TerminationOperation = new());
            change(request);
            Assert.Equal(
                RpcException.StatusCode.InvalidArgument,
                (await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartBatchOperationAsync(request))).Code);
        }

        string job = await RunAsync(
            client,
            request => (request.TerminationOperation, request.VisibilityQuery) = (new(), "Nonsense = 3"),
            BatchOperationState.Failed);
        foreach (string id in new[] { job, "nobody" })
        {
            Assert.Equal(
                RpcException.StatusCode.NotFound,
                (await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StopBatchOperationAsync(
                    new() { Namespace = client.Options.Namespace, JobId = id, Reason = "enough", Identity = "a test" }))).Code);
        }

        Assert.Equal(
            RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => DescribeAsync(client, "nobody"))).Code);
    }

    private async Task BeginAsync(ITemporalClient client)
    {
        for (int i = 0; i < Runs; i++)
        {
            await client.StartWorkflowAsync("Nothing", [], new($"{Id}/{i}", Id));
        }

        await UntilAsync(async () => (await client.CountWorkflowsAsync($"TaskQueue = '{Id}'")).Count == Runs);
    }

    // A real server has one batch at a time.
    private async Task<string> RunAsync(
        ITemporalClient client, Action<StartBatchOperationRequest> ask, BatchOperationState end = BatchOperationState.Completed)
    {
        StartBatchOperationRequest request = Request(ask);
        await UntilAsync(async () =>
        {
            try
            {
                await client.WorkflowService.StartBatchOperationAsync(request);
                return true;
            }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.ResourceExhausted)
            {
                return false;
            }
        });
        await UntilAsync(async () => (await DescribeAsync(client, request.JobId)).State != BatchOperationState.Running);
        Assert.Equal(end, (await DescribeAsync(client, request.JobId)).State);
        return request.JobId;
    }

    private StartBatchOperationRequest Request(Action<StartBatchOperationRequest> ask)
    {
        StartBatchOperationRequest request = new()
        {
            Namespace = "default",
            JobId = Guid.NewGuid().ToString(),
            Reason = "enough",
            VisibilityQuery = $"TaskQueue = '{Id}' AND ExecutionStatus = 'Running'",
        };
        ask(request);
        return request;
    }

    private static async Task<DescribeBatchOperationResponse> DescribeAsync(ITemporalClient client, string job) =>
        await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = client.Options.Namespace, JobId = job });

    private Task<DescribeWorkflowExecutionResponse[]> DescribeAllAsync(ITemporalClient client) => Task.WhenAll(
        Enumerable.Range(0, Runs).Select(i => client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = $"{Id}/{i}" } })));
}

/// <summary>Batches on the server in the box.</summary>
public sealed class BoxBatchTests(BoxServer server) : BatchContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task Workflows_Many_AreSignalledCancelledAndTerminated() => EachOfManyIsSignalledCancelledAndTerminatedAsync();

    [Fact]
    public Task Workflows_ThatAreDeleted_AreNotFound() => WorkflowsThatAreDeletedAreNotFoundAsync();

    [Fact]
    public Task Batch_ThatCannotBe_IsRefusedOrFails() => BatchThatCannotBeIsRefusedOrFailsAsync();
}

/// <summary>Batches on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealBatchTests(RealServer server) : BatchContract(server.ConnectAsync)
{
    [LabFact]
    public Task Workflows_Many_AreSignalledCancelledAndTerminated() => EachOfManyIsSignalledCancelledAndTerminatedAsync();

    [LabFact]
    public Task Workflows_ThatAreDeleted_AreNotFound() => WorkflowsThatAreDeletedAreNotFoundAsync();

    [LabFact]
    public Task Batch_ThatCannotBe_IsRefusedOrFails() => BatchThatCannotBeIsRefusedOrFailsAsync();
}
