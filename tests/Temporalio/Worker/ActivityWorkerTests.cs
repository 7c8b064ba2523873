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

/// <summary>What an activity worker tells a real server, outcome by outcome.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ActivityWorkerTests(RealServer server)
{
    private readonly string _taskQueue = RealServer.NewId("queue");

    [LabFact]
    public Task Activity_ReturnsValue_CompletesWithIt() => RunAsync(
        [Activity("roll")] async (string broker, int seconds) =>
        {
            await Task.Yield();
            return $"{broker} after {seconds}";
        },
        async () =>
        {
            StandaloneActivity activity = await StartAsync("roll", StandaloneActivity.Json("kafka-0", 30));
            Assert.Equal("kafka-0 after 30", await activity.ResultAsync<string>());
        });

    [LabFact]
    public Task Activity_FailsTwice_SucceedsInTheThirdAttempt()
    {
        ConcurrentQueue<int> attempts = [];
        return RunAsync(
            [Activity("flaky")] () =>
            {
                int attempt = ActivityExecutionContext.Current.Info.Attempt;
                attempts.Enqueue(attempt);
                return attempt < 3 ? throw new InvalidOperationException("not yet") : attempt;
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("flaky");
                Assert.Equal(3, await activity.ResultAsync<int>());
                Assert.Equal([1, 2, 3], attempts);
            });
    }

    [LabFact]
    public Task Activity_ThrowsAnyException_FailsWithItsClassAsType() => RunAsync(
        [Activity("fail")] void () => throw new TimeZoneNotFoundException("no such zone", new ArithmeticException("inner")),
        async () =>
        {
            Failure failure = await (await StartAsync("fail", configure: request => request.RetryPolicy.MaximumAttempts = 1)).FailureAsync();
            Assert.Equal("no such zone", failure.Message);
            Assert.Equal(nameof(TimeZoneNotFoundException), failure.ApplicationFailureInfo.Type);
            Assert.False(failure.ApplicationFailureInfo.NonRetryable);
            Assert.Equal("inner", failure.Cause.Message);
        });

    [LabFact]
    public Task Activity_ThrowsNonRetryable_FailsAtOnceWithTypeAndDetails() => RunAsync(
        [Activity("fail")] void () => throw new ApplicationFailureException("ISR 1 of 3", "Blocked", nonRetryable: true, details: ["orders-7"]),
        async () =>
        {
            Failure failure = await (await StartAsync("fail")).FailureAsync();
            Assert.Equal("Blocked", failure.ApplicationFailureInfo.Type);
            Assert.True(failure.ApplicationFailureInfo.NonRetryable);
            Assert.Equal("orders-7", await DataConverter.Default.ToSingleValueAsync<string>(failure.ApplicationFailureInfo.Details.Payloads_));
        });

    [LabFact]
    public Task Activity_NotRegistered_FailsRetryablyAndNamesTheOthers() => RunAsync(
        [Activity("known")] () => { },
        async () =>
        {
            Failure failure = await (await StartAsync("unknown", configure: request => request.RetryPolicy.MaximumAttempts = 1)).FailureAsync();
            Assert.Equal("NotFoundError", failure.ApplicationFailureInfo.Type);
            Assert.False(failure.ApplicationFailureInfo.NonRetryable);
            Assert.Equal("Activity unknown is not registered on this worker, available activities: known", failure.Message);
        });

    [LabFact]
    public Task Activity_ArgumentsThatDoNotFit_FailRetryably() => RunAsync(
        [Activity("count")] (int number) => number,
        async () =>
        {
            foreach (IEnumerable<Payload> input in new[] { StandaloneActivity.Json("text"), [] })
            {
                Failure failure = await (await StartAsync("count", input, request => request.RetryPolicy.MaximumAttempts = 1)).FailureAsync();
                Assert.StartsWith("Failed decoding the arguments of activity count", failure.Message, StringComparison.Ordinal);
                Assert.False(failure.ApplicationFailureInfo.NonRetryable);
            }
        });

    [LabFact]
    public Task Activity_MoreArgumentsThanParameters_DropsTheRest() => RunAsync(
        [Activity("count")] (int number) => number,
        async () => Assert.Equal(7, await (await StartAsync("count", StandaloneActivity.Json(7, "new"))).ResultAsync<int>()));

    [LabFact]
    public Task Activity_Dynamic_ServesUnknownTypesWithRawValues() => RunAsync(
        [Activity(Dynamic = true)] (IRawValue[] arguments) =>
            $"{ActivityExecutionContext.Current.Info.ActivityType}:{ActivityExecutionContext.Current.PayloadConverter.ToValue<int>(arguments[1])}",
        async () => Assert.Equal("anything:5", await (await StartAsync("anything", StandaloneActivity.Json("x", 5))).ResultAsync<string>()));

    [LabFact]
    public Task Activity_HeartbeatsAndFails_NextAttemptFindsItsLastDetails() => RunAsync(
        [Activity("copy")] async () =>
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            if (context.Info.Attempt == 1)
            {
                context.Heartbeat("segment", 1);
                context.Heartbeat("segment", 2);
                throw new IOException("disk full");
            }

            return $"{await context.Info.HeartbeatDetailAtAsync<string>(0)} {await context.Info.HeartbeatDetailAtAsync<int>(1)}";
        },
        async () => Assert.Equal("segment 2", await (await StartAsync("copy")).ResultAsync<string>()));

    [LabFact]
    public Task Activity_CancelRequested_LearnsItByHeartbeatAndIsCanceledWithItsLastDetails()
    {
        TaskCompletionSource started = new();
        ActivityCancellationDetails? details = null;
        return RunAsync(
            [Activity("wait")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(context);
                }
                finally
                {
                    details = context.CancellationDetails;
                    Assert.Equal(ActivityCancelReason.CancelRequested, context.CancelReason);
                    context.Heartbeat("at the end");
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await activity.RequestCancelAsync();
                Assert.NotNull((await activity.FailureAsync()).CanceledFailureInfo);
                Assert.True(details is { IsCancelRequested: true, IsGoneFromServer: false, IsPaused: false });
                Assert.Equal("at the end", await LastDetailAsync(activity));
            });
    }

    [LabFact]
    public Task Activity_PausedAndResumed_RunsAgain() => InterruptedAsync(
        ActivityCancelReason.Paused,
        activity => activity.PauseAsync(),
        async activity =>
        {
            Assert.Equal("ActivityPause", (await LastFailureAsync(activity)).ApplicationFailureInfo.Type);
            await activity.UnpauseAsync();
        });

    [LabFact]
    public Task Activity_Reset_RunsAgain() =>
        InterruptedAsync(ActivityCancelReason.Reset, activity => activity.ResetAsync(), _ => Task.CompletedTask);

    [LabFact]
    public Task Activity_GoneFromServer_IsCancelledForIt()
    {
        TaskCompletionSource started = new();
        TaskCompletionSource<ActivityCancelReason> reason = new();
        return RunAsync(
            [Activity("wait")] async () =>
            {
                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(ActivityExecutionContext.Current);
                }
                finally
                {
                    reason.SetResult(ActivityExecutionContext.Current.CancelReason);
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await activity.TerminateAsync();
                Assert.Equal(ActivityCancelReason.GoneFromServer, await reason.Task.Within());
            });
    }

    [LabFact]
    public Task Activity_HeartbeatThatCannotBeConverted_FailsWithThatError() => RunAsync(
        [Activity("wait")] async () =>
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            context.Heartbeat(new Unconvertible());
            await context.CancellationToken.CancelledWithin();
            context.CancellationToken.ThrowIfCancellationRequested();
        },
        async () =>
        {
            Failure failure = await (await StartAsync("wait", configure: request => request.RetryPolicy.MaximumAttempts = 1)).FailureAsync();
            Assert.Contains("cannot be read", failure.Message, StringComparison.Ordinal);
        });

    [LabFact]
    public Task Activity_CompletesAsync_IsCompletedByTheClient()
    {
        TaskCompletionSource<byte[]> token = new();
        return RunAsync(
            [Activity("approve")] void () =>
            {
                token.SetResult(ActivityExecutionContext.Current.Info.TaskToken);
                throw new CompleteAsyncException();
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("approve");
                await new TemporalClient(server.Connection, new()).GetAsyncActivityHandle(await token.Task.Within()).CompleteAsync("yes");
                Assert.Equal("yes", await activity.ResultAsync<string>());
            });
    }

    [LabFact]
    public Task Activity_ResultTooLargeForTheServer_FailsInsteadOfTimingOut() => RunAsync(
        [Activity("dump")] () => new string('x', 6_000_000),
        async () =>
        {
            StandaloneActivity activity = await StartAsync("dump", configure: request => request.RetryPolicy.MaximumAttempts = 1);
            Assert.Contains("larger than max", (await activity.FailureAsync()).Message, StringComparison.Ordinal);
        },
        options => options.DataConverter = options.DataConverter with { PayloadCodec = null });

    [LabFact]
    public Task Activity_WithCodec_SendsNothingInTheClear() => RunAsync(
        [Activity("secret")] async (string name) =>
        {
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            if (context.Info.Attempt == 1)
            {
                context.Heartbeat("secret place");
                throw new ApplicationFailureException("failed", details: ["secret detail"]);
            }

            return $"secret {name} at {await context.Info.HeartbeatDetailAtAsync<string>(0)}";
        },
        async () =>
        {
            Payload input = await new XorCodec().EncodeSingleAsync(DataConverter.Default.PayloadConverter.ToPayload("key"));
            StandaloneActivity activity = await StartAsync(
                "secret", [input], request => request.RetryPolicy.InitialInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)));
            Failure failure = await LastFailureAsync(activity);
            Assert.Equal(XorCodec.Encoding, failure.ApplicationFailureInfo.Details.Payloads_[0].Metadata["encoding"].ToStringUtf8());
            Payload result = (await activity.OutcomeAsync()).Result.Payloads_[0];
            Assert.Equal(XorCodec.Encoding, result.Metadata["encoding"].ToStringUtf8());
            Payload decoded = await new XorCodec().DecodeSingleAsync(result);
            Assert.Equal("secret key at secret place", DataConverter.Default.PayloadConverter.ToValue<string>(decoded));
        },
        options => options.DataConverter = options.DataConverter with { PayloadCodec = new XorCodec() });

    [LabFact]
    public Task Activity_UsesItsContextsClient() => RunAsync(
        [Activity("who")] async () =>
            (await ActivityExecutionContext.Current.TemporalClient.WorkflowService.DescribeNamespaceAsync(new() { Namespace = "default" }))
                .NamespaceInfo.Name,
        async () => Assert.Equal("default", await (await StartAsync("who")).ResultAsync<string>()));

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

    private static void WithHeartbeats(Temporalio.Api.WorkflowService.V1.StartActivityExecutionRequest request) =>
        request.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

    private static async Task HeartbeatUntilCancelledAsync(ActivityExecutionContext context)
    {
        while (true)
        {
            context.Heartbeat("going");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.CancellationToken);
        }
    }

    private static async Task<string> LastDetailAsync(StandaloneActivity activity) =>
        await DataConverter.Default.ToSingleValueAsync<string>((await activity.DescribeAsync()).HeartbeatDetails.Payloads_);

    /// <summary>The failure of the last attempt; the activity goes on.</summary>
    private static async Task<Failure> LastFailureAsync(StandaloneActivity activity)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (true)
        {
            if ((await activity.DescribeAsync()).LastFailure is { } failure)
            {
                return failure;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private Task InterruptedAsync(
        ActivityCancelReason expected, Func<StandaloneActivity, Task> interrupt, Func<StandaloneActivity, Task> resume)
    {
        int runs = 0;
        TaskCompletionSource started = new();
        TaskCompletionSource<ActivityCancelReason> reason = new();
        return RunAsync(
            [Activity("wait")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                if (Interlocked.Increment(ref runs) > 1)
                {
                    return "second run";
                }

                started.SetResult();
                try
                {
                    await HeartbeatUntilCancelledAsync(context);
                    return "never";
                }
                finally
                {
                    reason.SetResult(context.CancelReason);
                }
            },
            async () =>
            {
                StandaloneActivity activity = await StartAsync("wait", configure: WithHeartbeats);
                await started.Task.Within();
                await interrupt(activity);
                Assert.Equal(expected, await reason.Task.Within());
                await resume(activity);
                Assert.Equal("second run", await activity.ResultAsync<string>());
            });
    }

    private Task<StandaloneActivity> StartAsync(
        string type,
        IEnumerable<Payload>? input = null,
        Action<Temporalio.Api.WorkflowService.V1.StartActivityExecutionRequest>? configure = null) =>
        StandaloneActivity.StartAsync(server.Connection, _taskQueue, type, input, configure);

    private TemporalWorkerOptions Options(Delegate activity) => new TemporalWorkerOptions(_taskQueue).AddActivity(activity);

    private async Task RunAsync(
        Delegate activity,
        Func<Task> test,
        Action<TemporalClientOptions>? configureClient = null,
        Action<TemporalWorkerOptions>? configureWorker = null)
    {
        TemporalClientOptions clientOptions = new();
        configureClient?.Invoke(clientOptions);
        TemporalWorkerOptions options = Options(activity);
        configureWorker?.Invoke(options);
        using TemporalWorker worker = new(new TemporalClient(server.Connection, clientOptions), options);
        await worker.ExecuteAsync(test).WaitAsync(Bounded.Limit * 2);
    }

    private sealed class Unconvertible
    {
        public string Text => throw new InvalidOperationException("cannot be read");
    }
}
