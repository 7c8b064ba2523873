using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Tests.Worker;

/// <content>The worker itself: slots, start and end.</content>
public sealed partial class ActivityWorkerTests
{
    [LabFact]
    public Task Worker_OneSlot_RunsOneActivityAtATime()
    {
        int running = 0;
        int most = 0;
        return RunAsync(
            [Activity("step")] async () =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
            },
            async () =>
            {
                List<StandaloneActivity> activities = [];
                for (int i = 0; i < 10; i++)
                {
                    activities.Add(await StartAsync("step"));
                }

                await Task.WhenAll(activities.Select(activity => activity.OutcomeAsync())).Within();
                Assert.Equal(1, most);
            },
            configureWorker: options => options.MaxConcurrentActivities = 1);
    }

    [LabFact]
    public async Task Worker_Stopped_GivesActivitiesTheGracePeriodThenCancelsThemForAnotherWorker()
    {
        ConcurrentQueue<string> order = [];
        TaskCompletionSource started = new();
        [Activity("wait")]
        async Task<string> WaitAsync()
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            if (context.Info.Attempt > 1)
            {
                return "other worker";
            }

            started.SetResult();
            await context.WorkerShutdownToken.CancelledWithin();
            order.Enqueue($"shutdown, {context.CancelReason}");
            await context.CancellationToken.CancelledWithin();
            order.Enqueue($"cancel, {context.CancelReason}");
            context.CancellationToken.ThrowIfCancellationRequested();
            return "never";
        }

        StandaloneActivity? activity = null;
        await RunAsync(
            WaitAsync,
            async () =>
            {
                activity = await StartAsync("wait");
                await started.Task.Within();
            },
            configureWorker: options => options.GracefulShutdownTimeout = TimeSpan.FromMilliseconds(200));
        order.Enqueue("worker ended");
        Assert.Equal(["shutdown, None", "cancel, WorkerShutdown", "worker ended"], order);
        Assert.Equal("WorkerShutdown", (await LastFailureAsync(activity!)).ApplicationFailureInfo.Type);
        await RunAsync(WaitAsync, async () => Assert.Equal("other worker", await activity!.ResultAsync<string>()));
    }

    [LabFact]
    public async Task Worker_TokenCancelled_ThrowsThatItWas()
    {
        using TemporalWorker worker = new(new TemporalClient(server.Connection, new()), Options([Activity("any")] () => { }));
        using CancellationTokenSource stop = new();
        Task running = worker.ExecuteAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
    }

    [LabFact]
    public async Task Worker_UnknownNamespace_DoesNotStart()
    {
        TemporalClient client = new(server.Connection, new() { Namespace = "no-such-namespace" });
        using TemporalWorker worker = new(client, Options([Activity("any")] () => { }));
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => worker.ExecuteAsync(CancellationToken.None).Within());
        Assert.Contains("no-such-namespace", error.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Worker_StartedTwice_RefusesTheSecond()
    {
        using TemporalWorker worker = new(new TemporalClient(server.Connection, new()), Options([Activity("any")] () => { }));
        Assert.Equal(3, await worker.ExecuteAsync(() => Task.FromResult(3)).Within());
        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.ExecuteAsync(CancellationToken.None));
    }
}
