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
public sealed partial class ActivityWorkerTests(RealServer server)
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
