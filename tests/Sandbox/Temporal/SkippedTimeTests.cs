using Orchestrator.Sandbox.Temporal;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>The time of a server in the box that skips it.</summary>
public sealed class SkippedTimeTests : IAsyncLifetime
{
    private const string Queue = "orders";

    private TemporalBox _box = null!;
    private ITemporalClient _client = null!;

    public async Task InitializeAsync()
    {
        _box = await TemporalBox.StartAsync(new() { SkipsTime = true });
        _client = await TemporalClient.ConnectAsync(new(_box.Address));
    }

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public async Task Result_OfARunThatWaitsForMonths_ComesAtThatTime()
    {
        DateTimeOffset begun = _box.Time.Now;
        string result = await WorkAsync(async handle => await _box.ResultAsync<string>(handle), TimeSpan.FromDays(90));

        Assert.Equal("paid at try 1; ", result);
        Assert.InRange(_box.Time.Now - begun, TimeSpan.FromDays(90), TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Time_NobodyWaitsForIt_StandsStill()
    {
        await WorkAsync(
            async handle =>
            {
                await _box.Time.AdvanceAsync(TimeSpan.FromDays(1));
                Assert.Equal(WorkflowExecutionStatus.Running, (await handle.DescribeAsync()).Status);
                DateTimeOffset now = _box.Time.Now;
                await handle.SignalAsync("Note", ["hurry"]);
                await handle.QueryAsync<IReadOnlyList<string>>("Notes", []);
                Assert.Equal(now, _box.Time.Now);
                await _box.Time.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
                return await _box.ResultAsync<string>(handle);
            },
            TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task RunContinuedAsNew_IsUpdatedWhileTheTimeStandsStill_Answers()
    {
        using TemporalWorker worker = new(
            _client, new TemporalWorkerOptions(Queue).AddWorkflow<OrderWorkflow>().AddAllActivities(new Payments()));
        await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle first = await _client.StartWorkflowAsync(
                (OrderWorkflow w) => w.RunAsync(new() { Continues = 1, AwaitsShipment = true }), new("order", Queue));
            using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
            await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(
                () => first.GetResultAsync(followRuns: false, new() { CancellationToken = late.Token }));

            DateTimeOffset now = _box.Time.Now;
            await _client.GetWorkflowHandle("order").ExecuteUpdateAsync(
                "Ship", ["Rome"], new() { Rpc = new() { CancellationToken = late.Token } });
            Assert.Equal(now, _box.Time.Now);
        });
    }

    [Fact]
    public async Task ActivityThatWaits_SkipsTimeAndNeedsNoHeartbeatMeanwhile()
    {
        DateTimeOffset begun = _box.Time.Now;

        int rounds = await WatchAsync(new Watchman(_box.WaitAsync), rounds: 500, handle => _box.ResultAsync<int>(handle));

        Assert.Equal(500, rounds);
        Assert.Equal(500 * Watchman.Pause, _box.Time.Now - begun);
        Assert.Equal(("wait of activity Walk (5) of watch", 500), (_box.Time.WokeMost[0].Key, _box.Time.WokeMost[0].Value));
    }

    [Fact]
    public async Task ActivityThatWaits_AskedToEnd_LearnsOfItAtOnce()
    {
        DateTimeOffset called = default;
        int rounds = await WatchAsync(
            new Watchman(_box.WaitAsync),
            rounds: 500,
            async handle =>
            {
                await _box.Time.AdvanceAsync(Watchman.Pause * 2.5);
                called = _box.Time.Now;
                await handle.CancelAsync();
                return await _box.ResultAsync<int>(handle);
            });

        // It makes the round that it was woken for, and heartbeats with it.
        Assert.InRange(rounds, -5, -3);
        Assert.Equal(called, _box.Time.Now);
    }

    [Fact]
    public async Task Condition_OnWhatAnActivityDid_IsLookedAtOnceItWaits()
    {
        int rounds = 0;
        Watchman watchman = new(_box.WaitAsync) { AfterRound = made => rounds = made };
        DateTimeOffset begun = _box.Time.Now;

        await WatchAsync(watchman, rounds: 500, async _ =>
        {
            await _box.Time.UntilAsync(() => Task.FromResult(rounds == 3));
            return 0;
        });

        Assert.Equal((3, Watchman.Pause * 2), (rounds, _box.Time.Now - begun));
    }

    [Fact]
    public async Task Clients_OfWhomOneWorks_DoNotMoveTheClock()
    {
        DateTimeOffset begun = _box.Time.Now;
        TaskCompletionSource mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task both = _box.Time.TogetherAsync(
        [
            () => _box.Time.AdvanceAsync(TimeSpan.FromHours(1)),
            async () =>
            {
                await mayEnd.Task;
                await _box.Time.AdvanceAsync(TimeSpan.FromHours(2));
            },
        ]);
        Assert.Equal(["1 of 2 clients are not waiting"], _box.Time.Holders);
        Assert.Equal(begun, _box.Time.Now);
        mayEnd.SetResult();
        await both;

        Assert.Equal(begun + TimeSpan.FromHours(2), _box.Time.Now);
        await _box.Time.AdvanceAsync(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task WorkerEndedAgainAndAgain_IsToldNothing_AndAnotherGoesOn(int cachedRuns)
    {
        const int Rounds = 6;
        List<BoxConnection> connections = [];
        int rounds = 0;
        List<Task> workers = [];
        TaskCompletionSource ended = new();
        Watchman watchman = new(_box.WaitAsync)
        {
            AfterRound = made =>
            {
                rounds = made;
                connections[^1].End();
                ended.TrySetResult();
            },
        };
        using CancellationTokenSource over = new();
        WorkflowHandle handle = await StartAsync(Rounds);
        Task<int> result = _box.ResultAsync<int>(handle);
        while (!result.IsCompleted)
        {
            ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            connections.Add(await _box.ConnectAsync());
            workers.Add(Task.Run(() => ServeAsync(connections[^1].Client, watchman, cachedRuns, over.Token)));
            await Task.WhenAny(result, ended.Task);
        }

        Assert.Equal(Rounds, await result);
        Assert.Equal((Rounds, Rounds + 1), (rounds, workers.Count));
        Assert.All(workers, worker => Assert.False(worker.IsCompleted));
        connections.ForEach(connection => connection.Dispose());
        await over.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task ServeAsync(ITemporalClient client, Watchman watchman, int cachedRuns, CancellationToken cancellationToken)
    {
        TemporalWorkerOptions options = BoxConnection.WorkerOptions(Queue);
        options.MaxCachedWorkflows = cachedRuns;
        using TemporalWorker worker = new(client, options.AddWorkflow<WatchWorkflow>().AddAllActivities(watchman));
        try
        {
            await worker.ExecuteAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Cleared away.
        }
    }

    private Task<WorkflowHandle<WatchWorkflow, int>> StartAsync(int rounds) =>
        _client.StartWorkflowAsync((WatchWorkflow w) => w.RunAsync(rounds, TimeSpan.FromSeconds(30)), new("watch", Queue));

    private async Task<int> WatchAsync(Watchman watchman, int rounds, Func<WorkflowHandle, Task<int>> test)
    {
        using TemporalWorker worker = new(
            _client, BoxConnection.WorkerOptions(Queue).AddWorkflow<WatchWorkflow>().AddAllActivities(watchman));
        return await worker.ExecuteAsync(async () => await test(await StartAsync(rounds)));
    }

    private async Task<string> WorkAsync(Func<WorkflowHandle, Task<string>> test, TimeSpan wait)
    {
        using TemporalWorker worker = new(
            _client, new TemporalWorkerOptions(Queue).AddWorkflow<OrderWorkflow>().AddAllActivities(new Payments()));
        return await worker.ExecuteAsync(async () =>
            await test(await _client.StartWorkflowAsync((OrderWorkflow w) => w.RunAsync(new() { Wait = wait }), new("order", Queue))));
    }
}
