using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;
using StatusCode = Temporalio.Exceptions.RpcException.StatusCode;

namespace Temporalio.Tests.Transport;

public sealed class RetryTests
{
    private static readonly DescribeNamespaceRequest Request = new() { Namespace = "ns" };

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(null, 1)]
    public async Task Call_ThatFailsTwiceForAPassingReason_IsRepeatedOnlyWhenAsked(bool? retry, int expectedCalls)
    {
        int calls = 0;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call => ++calls < 3
            ? call.FailAsync(StatusCode.Unavailable, "not yet")
            : call.AnswerAsync(new DescribeNamespaceResponse()));
        TemporalConnectionOptions options = server.Options();
        options.RpcRetry = new() { InitialInterval = TimeSpan.FromMilliseconds(1) };
        TemporalConnection connection = await server.ConnectAsync(options);

        Exception? error = await Record.ExceptionAsync(
            () => connection.WorkflowService.DescribeNamespaceAsync(Request, new() { Retry = retry }));

        Assert.Equal((expectedCalls, expectedCalls == 1), (calls, error is RpcException { Code: StatusCode.Unavailable }));
    }

    [Theory]
    [InlineData(StatusCode.DataLoss, true)]
    [InlineData(StatusCode.Internal, true)]
    [InlineData(StatusCode.Unknown, true)]
    [InlineData(StatusCode.ResourceExhausted, true)]
    [InlineData(StatusCode.Aborted, true)]
    [InlineData(StatusCode.OutOfRange, true)]
    [InlineData(StatusCode.Unavailable, true)]
    [InlineData(StatusCode.Cancelled, false)]
    [InlineData(StatusCode.InvalidArgument, false)]
    [InlineData(StatusCode.DeadlineExceeded, false)]
    [InlineData(StatusCode.NotFound, false)]
    [InlineData(StatusCode.AlreadyExists, false)]
    [InlineData(StatusCode.PermissionDenied, false)]
    [InlineData(StatusCode.FailedPrecondition, false)]
    [InlineData(StatusCode.Unimplemented, false)]
    [InlineData(StatusCode.Unauthenticated, false)]
    public void Error_ByItsCode_IsPassingOrNot(StatusCode code, bool passing) =>
        Assert.Equal(passing, RpcRetry.IsRetryable(new(code, "x")));

    [Fact]
    public async Task Retry_OfAnUnavailableServer_WaitsLongerEachTimeUntilTimeIsUsedUp()
    {
        InstantTime time = new();
        RpcRetry retry = new(new() { RandomizationFactor = 0 }, time);

        await Assert.ThrowsAsync<RpcException>(() => retry.RunAsync<int>(() => Fail(StatusCode.Unavailable), CancellationToken.None));

        Assert.Equal([100, 150, 225, 337, 506, 759, 1139, 1708, 2562, 3844], time.Waits.Select(wait => (int)wait.TotalMilliseconds));
    }

    [Fact]
    public async Task Retry_OfAThrottlingServer_WaitsASecondAndMore()
    {
        InstantTime time = new();
        RpcRetry retry = new(new() { RandomizationFactor = 0 }, time);

        await Assert.ThrowsAsync<RpcException>(() => retry.RunAsync<int>(() => Fail(StatusCode.ResourceExhausted), CancellationToken.None));

        Assert.Equal([1, 2, 4, 8], time.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    public async Task Retry_WithAChance_StaysWithinItsFraction()
    {
        InstantTime time = new();
        RpcRetry retry = new(new() { Multiplier = 1, MaxElapsedTime = null, MaxRetries = 200 }, time);

        await Assert.ThrowsAsync<RpcException>(() => retry.RunAsync<int>(() => Fail(StatusCode.Unavailable), CancellationToken.None));

        Assert.Equal(200, time.Waits.Count);
        Assert.All(time.Waits, wait => Assert.InRange(wait.TotalMilliseconds, 80, 120));
        Assert.NotEqual(time.Waits[0], time.Waits[1]);
    }

    private static Task<int> Fail(StatusCode code) => throw new RpcException(code, "no");

    /// <summary>A clock on which every wait is over at once, and remembered.</summary>
    private sealed class InstantTime : TimeProvider
    {
        private long _now;

        public List<TimeSpan> Waits { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            _now += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
