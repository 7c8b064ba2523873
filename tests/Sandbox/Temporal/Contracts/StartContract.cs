using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>How workflows are started, and which starts are refused; no worker takes part.</summary>
public abstract class StartContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    protected async Task StartSentTwiceIsOneRunAsync()
    {
        ITemporalClient client = await ConnectAsync();
        StartWorkflowExecutionRequest request = Request();
        string first = (await client.WorkflowService.StartWorkflowExecutionAsync(request)).RunId;
        Assert.Equal(first, (await client.WorkflowService.StartWorkflowExecutionAsync(request)).RunId);
        await RefusesAsync(RpcException.StatusCode.AlreadyExists, client, Request());

        StartWorkflowExecutionRequest over = Request();
        over.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        string second = (await client.WorkflowService.StartWorkflowExecutionAsync(over)).RunId;
        Assert.NotEqual(first, second);
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await client.GetWorkflowHandle(Id, first).DescribeAsync()).Status);
    }

    protected async Task StartThatContradictsItselfIsRefusedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request => request.WorkflowId = ""));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request => request.WorkflowId = new('x', 1001)));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request => request.WorkflowType = new()));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request => request.TaskQueue = new()));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request =>
        {
            request.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate;
            request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        }));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request =>
        {
            request.CronSchedule = "* * * * *";
            request.WorkflowStartDelay = new() { Seconds = 1 };
        }));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request => request.CronSchedule = "now and then"));
        await RefusesAsync(RpcException.StatusCode.InvalidArgument, client, Request(request =>
            request.SearchAttributes = new() { IndexedFields = { ["Nonsense"] = new() } }));
        await RefusesAsync(RpcException.StatusCode.NotFound, client, Request(request => request.Namespace = "nowhere"));
    }

    protected async Task DelayedStartWaitsOnUntilItIsStartedAgainWithASignalAsync()
    {
        ITemporalClient client = await ConnectAsync();
        WorkflowHandle delayed = await StartAsync(client, new($"{Id}/a", Id) { StartDelay = TimeSpan.FromHours(1) });
        Assert.False(await HasTaskAsync(client, delayed.Id));
        await delayed.SignalAsync("go", []);
        Assert.False(await HasTaskAsync(client, delayed.Id));

        WorkflowOptions options = new($"{Id}/b", Id) { StartDelay = TimeSpan.FromHours(1), StartSignal = "go", StartSignalArgs = [] };
        WorkflowHandle signalled = await StartAsync(client, options);
        Assert.False(await HasTaskAsync(client, signalled.Id));
        await StartAsync(client, options);
        Assert.True(await HasTaskAsync(client, signalled.Id));
    }

    protected async Task UpdatesInFlightAreLimitedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        WorkflowHandle handle = await StartAsync(client, new(Id, Id));
        List<Task> asked = [];
        using CancellationTokenSource stop = new();
        for (int i = 0; i < 10; i++)
        {
            asked.Add(AskAsync(handle, stop.Token));
        }

        await UntilAsync(async () =>
        {
            using CancellationTokenSource late = new(TimeSpan.FromMilliseconds(200));
            try
            {
                await AskAsync(handle, late.Token);
                return false;
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.ResourceExhausted)
            {
                return true;
            }
            catch (Exception e) when (e is OperationCanceledException or WorkflowUpdateRpcTimeoutOrCanceledException or RpcException)
            {
                return false;
            }
        });
        await stop.CancelAsync();
        await Task.WhenAll(asked.Select(ask => ask.ContinueWith(_ => { }, TaskScheduler.Default)));
    }

    protected async Task ClosedRunIsNotToldAnythingAsync()
    {
        ITemporalClient client = await ConnectAsync();
        WorkflowHandle handle = await StartAsync(client, new(Id, Id));
        await handle.TerminateAsync("enough");
        await handle.CancelAsync();
        foreach (Func<Task> tell in new Func<Task>[]
        {
            () => handle.SignalAsync("go", []), () => handle.TerminateAsync("again"), () => handle.ExecuteUpdateAsync("ask", []),
        })
        {
            Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(tell)).Code);
        }

        Assert.Equal(
            RpcException.StatusCode.NotFound,
            (await Assert.ThrowsAsync<RpcException>(() => client.GetWorkflowHandle("nobody").CancelAsync())).Code);
    }

    private static Task AskAsync(WorkflowHandle handle, CancellationToken cancel) => handle.ExecuteUpdateAsync(
        "ask", [], new() { Rpc = new() { CancellationToken = cancel, Retry = false } });

    private static async Task RefusesAsync(
        RpcException.StatusCode code, ITemporalClient client, StartWorkflowExecutionRequest request) => Assert.Equal(
        code, (await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartWorkflowExecutionAsync(request))).Code);

    private static Task<WorkflowHandle> StartAsync(ITemporalClient client, WorkflowOptions options) =>
        client.StartWorkflowAsync("Nothing", [], options);

    private static async Task<bool> HasTaskAsync(ITemporalClient client, string workflowId) =>
        (await client.WorkflowService.DescribeWorkflowExecutionAsync(
            new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = workflowId } })).PendingWorkflowTask is not null;

    private StartWorkflowExecutionRequest Request(Action<StartWorkflowExecutionRequest>? more = null)
    {
        StartWorkflowExecutionRequest request = new()
        {
            Namespace = "default",
            WorkflowId = Id,
            WorkflowType = new() { Name = "Nothing" },
            TaskQueue = new() { Name = Id },
            RequestId = Guid.NewGuid().ToString(),
        };
        more?.Invoke(request);
        return request;
    }
}

/// <summary>Starts on the server in the box.</summary>
public sealed class BoxStartTests(BoxServer server) : StartContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task Start_SentTwice_IsOneRun() => StartSentTwiceIsOneRunAsync();

    [Fact]
    public Task Start_ThatContradictsItself_IsRefused() => StartThatContradictsItselfIsRefusedAsync();

    [Fact]
    public Task DelayedStart_IsSignalled_WaitsOnUntilItIsStartedAgainSo() => DelayedStartWaitsOnUntilItIsStartedAgainWithASignalAsync();

    [Fact]
    public Task Updates_InFlight_AreLimited() => UpdatesInFlightAreLimitedAsync();

    [Fact]
    public Task ClosedRun_IsToldAnything_IsNotFound() => ClosedRunIsNotToldAnythingAsync();
}

/// <summary>Starts on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealStartTests(RealServer server) : StartContract(server.ConnectAsync)
{
    [LabFact]
    public Task Start_SentTwice_IsOneRun() => StartSentTwiceIsOneRunAsync();

    [LabFact]
    public Task Start_ThatContradictsItself_IsRefused() => StartThatContradictsItselfIsRefusedAsync();

    [LabFact]
    public Task DelayedStart_IsSignalled_WaitsOnUntilItIsStartedAgainSo() => DelayedStartWaitsOnUntilItIsStartedAgainWithASignalAsync();

    [LabFact]
    public Task Updates_InFlight_AreLimited() => UpdatesInFlightAreLimitedAsync();

    [LabFact]
    public Task ClosedRun_IsToldAnything_IsNotFound() => ClosedRunIsNotToldAnythingAsync();
}
