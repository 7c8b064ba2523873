using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Tests.Worker;

/// <summary>What becomes of activities when their server or the way to it goes away under them.</summary>
[Trait("Category", "Lab")]
public sealed class ActivityOutageTests(FragileServer server) : IClassFixture<FragileServer>, IAsyncLifetime, IDisposable
{
    private readonly string _taskQueue = RealServer.NewId("queue");
    private readonly LogLines _log = new();
    private readonly ConcurrentQueue<string> _runs = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TemporalConnection? _proxied;

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is not null)
        {
            _proxied = await TemporalConnection.ConnectAsync(new(server.ProxiedAddress));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _log.Dispose();

    [LabFact]
    public Task ServerKilledUnderAnActivity_ItsResultArrivesAfterTheRestart() => RunAsync(server.Direct, async () =>
    {
        StandaloneActivity during = await StartAsync("during");
        await _started.Task.Within();
        await server.KillAsync();
        _finish.SetResult();
        await LoggedAsync("Warning: Lost the Temporal server");
        await server.RestartAsync();
        Assert.Equal("during 1", await during.ResultAsync<string>());
        Assert.Equal("after 1", await (await StartAsync("after")).ResultAsync<string>());
        Assert.Equal(["during 1", "after 1"], _runs);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.StartsWith("Information: Reached the Temporal server again", StringComparison.Ordinal));
    });

    [LabFact]
    public Task ConnectionCutUnderAnActivity_ItsResultArrivesOnTheNext() => RunAsync(_proxied!, async () =>
    {
        StandaloneActivity during = await StartAsync("during");
        await _started.Task.Within();
        await server.CutAsync();
        _finish.SetResult();
        await LoggedAsync("Warning: Lost the Temporal server");
        await server.MendAsync();
        Assert.Equal("during 1", await during.ResultAsync<string>());
        Assert.Equal(["during 1"], _runs);
    });

    [LabFact]
    public Task AnswerToAReportLost_IsReportedAgainAndDroppedAsKnown() => RunAsync(_proxied!, async () =>
    {
        StandaloneActivity activity = await StartAsync("during");
        await _started.Task.Within();
        await server.SwallowAnswersAsync();
        _finish.SetResult();
        Assert.Equal("during 1", await activity.ResultAsync<string>());
        await server.CutAsync();
        await server.DeliverAnswersAsync();
        await server.MendAsync();
        await LoggedAsync("Debug: The server no longer waits for activity during");
        Assert.Equal(["during 1"], _runs);
    });

    [LabFact]
    public async Task ServerAway_ActivityThatHeartbeatsInVain_IsCancelledBeforeASecondRuns()
    {
        TaskCompletionSource<ActivityCancelReason> reason = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue) { LoggerFactory = _log }.AddActivity(
            [Activity("beat")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                _started.TrySetResult();
                while (!context.CancellationToken.IsCancellationRequested)
                {
                    context.Heartbeat();
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
                }

                reason.TrySetResult(context.CancelReason);
                context.CancellationToken.ThrowIfCancellationRequested();
            });
        using TemporalWorker worker = new(new TemporalClient(_proxied!, new()), options);
        await worker.ExecuteAsync(async () =>
        {
            await StandaloneActivity.StartAsync(server.Direct, _taskQueue, "beat", configure: request =>
            {
                request.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
                request.RetryPolicy.MaximumAttempts = 1;
            });
            await _started.Task.Within();
            await server.CutAsync();
            Assert.Equal(ActivityCancelReason.Timeout, await reason.Task.Within());
            await server.MendAsync();
        }).WaitAsync(Bounded.Limit * 2);
    }

    private Task<StandaloneActivity> StartAsync(string type) => StandaloneActivity.StartAsync(server.Direct, _taskQueue, type);

    private async Task RunAsync(TemporalConnection connection, Func<Task> test)
    {
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue) { LoggerFactory = _log }
            .AddActivity([Activity("during")] async () =>
            {
                _started.SetResult();
                await _finish.Task;
                return Ran("during");
            })
            .AddActivity([Activity("after")] () => Ran("after"));
        using TemporalWorker worker = new(new TemporalClient(connection, new()), options);
        await worker.ExecuteAsync(test).WaitAsync(Bounded.Limit * 3);
    }

    private string Ran(string name)
    {
        string run = $"{name} {ActivityExecutionContext.Current.Info.Attempt}";
        _runs.Enqueue(run);
        return run;
    }

    private async Task LoggedAsync(string start)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (!_log.Lines.Any(line => line.StartsWith(start, StringComparison.Ordinal)))
        {
            Assert.False(limit.IsCancellationRequested, $"Nothing was logged that starts with '{start}': {string.Join(" | ", _log.Lines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}
