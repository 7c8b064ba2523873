using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Tests.Transport;
using Temporalio.Worker;
using StatusCode = Temporalio.Exceptions.RpcException.StatusCode;

namespace Temporalio.Tests.Worker;

/// <summary>The calls that an activity worker makes, and when, against a server that the test plays on a real socket.</summary>
public sealed class ActivityCallTests : IAsyncDisposable
{
    private readonly Channel<PollActivityTaskQueueResponse> _tasks = Channel.CreateUnbounded<PollActivityTaskQueueResponse>();
    private readonly Channel<IMessage> _calls = Channel.CreateUnbounded<IMessage>();
    private readonly ConcurrentQueue<(StatusCode Code, string Message)> _refusals = [];
    private readonly LogLines _log = new();
    private GrpcTestServer? _server;
    private PollActivityTaskQueueRequest? _poll;
    private bool _endsPolls;

    public async ValueTask DisposeAsync()
    {
        _log.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Polls_Throttled_WaitTwiceAsLongEachTimeUpToTenSecondsAndLogOnce()
    {
        for (int i = 0; i < 8; i++)
        {
            _refusals.Enqueue((StatusCode.ResourceExhausted, "namespace rate limit exceeded"));
        }

        ManualClock clock = new(jumps: true);
        await RunAsync(clock, [Activity("a")] () => 1, async () =>
        {
            await SendTaskAsync("a");
            await CallAsync<RespondActivityTaskCompletedRequest>();
            int[] expected = [200, 400, 800, 1600, 3200, 6400, 10000, 10000];
            IEnumerable<double> waits = clock.Waits.Select(wait => wait.TotalMilliseconds).Where(wait => wait is > 0 and < 13000).Take(8);
            Assert.All(waits.Zip(expected), pair => Assert.InRange(pair.First, pair.Second * 0.8, pair.Second * 1.2));
            Assert.Single(_log.Lines, line => line.StartsWith("Warning: Lost the Temporal server", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Polls_RefusedForAMinute_EndTheWorkerWithTheRefusal()
    {
        for (int i = 0; i < 100; i++)
        {
            _refusals.Enqueue((StatusCode.PermissionDenied, "no right to poll"));
        }

        ManualClock clock = new(jumps: true);
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => RunAsync(clock, [Activity("a")] () => 1, () => Task.Delay(Bounded.Limit, TimeProvider.System, CancellationToken.None)));
        Assert.Equal("no right to poll", error.Message);
        Assert.InRange(clock.GetUtcNow() - new ManualClock().GetUtcNow(), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Heartbeats_WithinAnInterval_SendTheFirstAndThenTheLatest()
    {
        ManualClock clock = new();
        ActivityExecutionContext? context = null;
        TaskCompletionSource finish = new();
        await RunAsync(
            clock,
            [Activity("a")] async () =>
            {
                context = ActivityExecutionContext.Current;
                context.Heartbeat(0);
                await finish.Task;
            },
            async () =>
            {
                await SendTaskAsync("a", task => task.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)));
                Assert.Equal(0, await DetailAsync());
                for (int i = 1; i <= 5; i++)
                {
                    context!.Heartbeat(i);
                }

                await clock.AdvanceAsync(TimeSpan.FromSeconds(4));
                Assert.Equal(5, await DetailAsync());
                await clock.AdvanceAsync(TimeSpan.FromSeconds(4));
                context!.Heartbeat(6);
                Assert.Equal(6, await DetailAsync());
                finish.SetResult();
                await CallAsync<RespondActivityTaskCompletedRequest>();
            });
    }

    [Fact]
    public async Task Heartbeat_LatestNotSent_TravelsWithTheFailure()
    {
        await RunAsync(
            TimeProvider.System,
            [Activity("a")] void () =>
            {
                ActivityExecutionContext.Current.Heartbeat("first");
                ActivityExecutionContext.Current.Heartbeat("latest");
                throw new InvalidOperationException("after two heartbeats");
            },
            async () =>
            {
                await SendTaskAsync("a");
                IMessage call = await _calls.Reader.ReadAsync().AsTask().Within();
                RespondActivityTaskFailedRequest failed =
                    call as RespondActivityTaskFailedRequest ?? await CallAsync<RespondActivityTaskFailedRequest>();
                Assert.Equal("after two heartbeats", failed.Failure.Message);
                Assert.Equal("latest", await ValueAsync<string>(failed.LastHeartbeatDetails));
            });
    }

    [Fact]
    public async Task Activity_OverItsStartToCloseTimeout_IsCancelledAndReportsNothing()
    {
        ManualClock clock = new();
        TaskCompletionSource<ActivityCancellationDetails> details = new();
        await RunAsync(
            clock,
            [Activity("slow")] async () =>
            {
                ActivityExecutionContext context = ActivityExecutionContext.Current;
                await context.CancellationToken.CancelledWithin();
                details.SetResult(context.CancellationDetails!);
                context.CancellationToken.ThrowIfCancellationRequested();
            },
            async () =>
            {
                await SendTaskAsync("slow", task => task.StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(60)));
                await clock.AdvanceAsync(TimeSpan.FromSeconds(65));
                Assert.True(await details.Task.Within() is { IsTimedOut: true, IsGoneFromServer: true });
            });
        Assert.False(_calls.Reader.TryRead(out IMessage? call), $"sent {call}");
    }

    [Fact]
    public async Task Activity_TimeoutsLongerThanTimersTake_Runs() => await RunAsync(
        TimeProvider.System,
        [Activity("a")] () => 1,
        async () =>
        {
            await SendTaskAsync("a", task =>
            {
                task.StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(3650));
                task.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromDays(365));
            });
            Assert.Equal(1, await ValueAsync<int>((await CallAsync<RespondActivityTaskCompletedRequest>()).Result));
        });

    [Fact]
    public async Task Shutdown_TaskInTheAnswerOfAPoll_IsNotLost()
    {
        _endsPolls = true;
        ConcurrentQueue<string> order = [];
        await RunAsync(
            TimeProvider.System,
            [Activity("late")] async () =>
            {
                order.Enqueue("activity ran");
                await ActivityExecutionContext.Current.CancellationToken.CancelledWithin();
                ActivityExecutionContext.Current.CancellationToken.ThrowIfCancellationRequested();
            },
            () => Task.CompletedTask,
            whenAnnounced: async () =>
            {
                order.Enqueue("shutdown announced");
                await SendTaskAsync("late");
            });
        Assert.Equal(["shutdown announced", "activity ran"], order);
        RespondActivityTaskFailedRequest failed = await CallAsync<RespondActivityTaskFailedRequest>();
        Assert.Equal("WorkerShutdown", failed.Failure.ApplicationFailureInfo.Type);
    }

    [Fact]
    public async Task Worker_RateLimits_SpaceItsStartsAndTellTheServersOfTheQueue()
    {
        ManualClock clock = new(jumps: true);
        await RunAsync(
            clock,
            [Activity("a")] () => 1,
            async () =>
            {
                for (int i = 0; i < 3; i++)
                {
                    await SendTaskAsync("a");
                    await CallAsync<RespondActivityTaskCompletedRequest>();
                }
            },
            configure: options =>
            {
                options.MaxActivitiesPerSecond = 4;
                options.MaxTaskQueueActivitiesPerSecond = 7;
            });
        Assert.Contains(TimeSpan.FromMilliseconds(250), clock.Waits);
        Assert.Equal(7, _poll!.TaskQueueMetadata.MaxTasksPerSecond);
    }

    private static Task<T> ValueAsync<T>(Temporalio.Api.Common.V1.Payloads payloads) =>
        DataConverter.Default.ToSingleValueAsync<T>(payloads.Payloads_);

    private async Task<int> DetailAsync() => await ValueAsync<int>((await CallAsync<RecordActivityTaskHeartbeatRequest>()).Details);

    private async Task<T> CallAsync<T>()
        where T : IMessage
    {
        IMessage call = await _calls.Reader.ReadAsync().AsTask().Within();
        return Assert.IsType<T>(call);
    }

    private async Task SendTaskAsync(string type, Action<PollActivityTaskQueueResponse>? configure = null)
    {
        PollActivityTaskQueueResponse task = new()
        {
            TaskToken = ByteString.CopyFromUtf8(Guid.NewGuid().ToString()),
            ActivityId = "1",
            ActivityType = new() { Name = type },
            Attempt = 1,
        };
        configure?.Invoke(task);
        await _tasks.Writer.WriteAsync(task);
    }

    private async Task RunAsync(
        TimeProvider clock,
        Delegate activity,
        Func<Task> test,
        Func<Task>? whenAnnounced = null,
        Action<TemporalWorkerOptions>? configure = null)
    {
        _server = await GrpcTestServer.StartAsync(call => AnswerAsync(call, whenAnnounced));
        TemporalWorkerOptions options = new TemporalWorkerOptions("queue")
        {
            LoggerFactory = _log,
            TimeProvider = clock,
            MaxConcurrentActivityTaskPolls = 1,
        }.AddActivity(activity);
        configure?.Invoke(options);
        using TemporalWorker worker = new(new TemporalClient(await _server.ConnectAsync(), new()), options);
        await worker.ExecuteAsync(test).WaitAsync(Bounded.Limit * 2);
    }

    private async Task AnswerAsync(GrpcTestCall call, Func<Task>? whenAnnounced)
    {
        switch (call.Method)
        {
            case "DescribeNamespace":
                await call.AnswerAsync(new DescribeNamespaceResponse
                {
                    NamespaceInfo = new() { Capabilities = new() { WorkerPollCompleteOnShutdown = _endsPolls } },
                });
                break;
            case "PollActivityTaskQueue":
                await AnswerPollAsync(call);
                break;
            case "ShutdownWorker":
                await (whenAnnounced?.Invoke() ?? Task.CompletedTask);
                await call.AnswerAsync(new ShutdownWorkerResponse());
                break;
            case "RecordActivityTaskHeartbeat":
                await _calls.Writer.WriteAsync(RecordActivityTaskHeartbeatRequest.Parser.ParseFrom(call.Message));
                await call.AnswerAsync(new RecordActivityTaskHeartbeatResponse());
                break;
            case "RespondActivityTaskCompleted":
                await _calls.Writer.WriteAsync(RespondActivityTaskCompletedRequest.Parser.ParseFrom(call.Message));
                await call.AnswerAsync(new RespondActivityTaskCompletedResponse());
                break;
            case "RespondActivityTaskFailed":
                await _calls.Writer.WriteAsync(RespondActivityTaskFailedRequest.Parser.ParseFrom(call.Message));
                await call.AnswerAsync(new RespondActivityTaskFailedResponse());
                break;
            default:
                await call.FailAsync(StatusCode.Unimplemented, call.Method);
                break;
        }
    }

    private async Task AnswerPollAsync(GrpcTestCall call)
    {
        _poll = PollActivityTaskQueueRequest.Parser.ParseFrom(call.Message);
        if (_refusals.TryDequeue(out (StatusCode Code, string Message) refusal))
        {
            await call.FailAsync(refusal.Code, refusal.Message);
            return;
        }

        try
        {
            await call.AnswerAsync(await _tasks.Reader.ReadAsync(call.Context.RequestAborted));
        }
        catch (OperationCanceledException)
        {
            // The worker took the poll back.
        }
    }
}
