using Google.Protobuf.WellKnownTypes;
using Orchestrator.Starter.Exits;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Tracing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>The Temporal server that this command talks to, and why it cannot where it cannot.</summary>
internal sealed class TemporalServer
{
    // Together within the ten seconds that a person waits before wondering.
    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(8);

    // A worker asks for work at least once a minute; the server remembers it for five.
    private static readonly TimeSpan PolledWithin = TimeSpan.FromMinutes(2);

    // A worker that starts or is replaced polls within seconds.
    private static readonly TimeSpan WaitForWorker = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(500);

    private TemporalServer(ITemporalClient client, TemporalClientConnectOptions options, TimeProvider clock)
    {
        Client = client;
        Name = NameOf(options);
        Clock = clock;
    }

    /// <summary>The client.</summary>
    public ITemporalClient Client { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The server in sentences: <c>Temporal at 127.0.0.1:7233 (namespace default)</c>.</summary>
    public string Name { get; }

    /// <summary>A server that somebody has connected to.</summary>
    public static TemporalServer Of(ITemporalClient client, TemporalClientConnectOptions options, TimeProvider clock) =>
        new(client, options, clock);

    /// <summary>Reaches the server that the environment names.</summary>
    /// <exception cref="SopException">It is out of reach.</exception>
    public static async Task<TemporalServer> ConnectAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        TemporalClientConnectOptions options = TemporalOptions.Load();
        options.RpcRetry = new RpcRetryOptions { MaxElapsedTime = RetryFor };
        options.Interceptors = [new TraceInterceptor()];
        try
        {
            TemporalClient client = await TemporalClient.ConnectAsync(options).WaitAsync(ConnectWithin, clock, cancellationToken);
            return new TemporalServer(client, options, clock);
        }
        catch (InvalidOperationException e)
        {
            throw OutOfReach(options, (e.InnerException ?? e).Message, e);
        }
        catch (TimeoutException e)
        {
            throw OutOfReach(options, $"no answer within {ConnectWithin.TotalSeconds:0} s", e);
        }
    }

    /// <summary>Checks that a worker would take up what is started; waits a few seconds for one that is only just starting.</summary>
    /// <exception cref="SopException">None asks for work.</exception>
    public async Task RequireWorkerAsync(CancellationToken cancellationToken)
    {
        long begun = Clock.GetTimestamp();
        bool found = await HasWorkerAsync(cancellationToken);
        while (!found && Clock.GetElapsedTime(begun) < WaitForWorker)
        {
            await Task.Delay(AskAgainAfter, Clock, cancellationToken);
            found = await HasWorkerAsync(cancellationToken);
        }

        if (!found)
        {
            throw new SopException(
                ExitCode.OutOfReach,
                $"No worker polls the task queue '{ChangeNames.TaskQueue}' of {Name}, so nothing would run: "
                + "start orchestrator-worker (in a checkout: dotnet run --project src/Worker).");
        }
    }

    /// <summary>Whether a worker has lately asked for work.</summary>
    public async Task<bool> HasWorkerAsync(CancellationToken cancellationToken)
    {
        DescribeTaskQueueRequest request = new()
        {
            Namespace = Client.Options.Namespace,
            TaskQueue = new() { Name = ChangeNames.TaskQueue, Kind = TaskQueueKind.Normal },
            TaskQueueType = TaskQueueType.Workflow,
        };
        DescribeTaskQueueResponse response = await CallAsync(
            options => Client.WorkflowService.DescribeTaskQueueAsync(request, options), new RpcOptions { Retry = true }, cancellationToken);
        Timestamp oldest = (Clock.GetUtcNow() - PolledWithin).ToTimestamp();
        return response.Pollers.Any(poller => poller.LastAccessTime is null || poller.LastAccessTime.CompareTo(oldest) >= 0);
    }

    /// <summary>Makes a call, and says what is wrong where the server cannot answer it.</summary>
    /// <exception cref="SopException">The server is out of reach, denies it, or has no such namespace.</exception>
    public async Task<T> CallAsync<T>(Func<RpcOptions, Task<T>> call, RpcOptions options, CancellationToken cancellationToken)
    {
        options.CancellationToken = cancellationToken;
        try
        {
            return await call(options);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is RpcException or RpcTimeoutOrCanceledException)
        {
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }
        catch (RpcException e) when (Explain(e) is { } explained)
        {
            throw explained;
        }
        catch (RpcTimeoutOrCanceledException e) when (e is not WorkflowUpdateRpcTimeoutOrCanceledException)
        {
            throw new SopException(ExitCode.OutOfReach, $"{Name} did not answer in time.", e);
        }
    }

    private static string NameOf(TemporalClientConnectOptions options) =>
        $"Temporal at {options.TargetHost} (namespace {options.Namespace})";

    private static SopException OutOfReach(TemporalClientConnectOptions options, string why, Exception cause) => new(
        ExitCode.OutOfReach,
        $"Temporal at {options.TargetHost} does not answer: {why.TrimEnd('.')}. Start it, or set its address with TEMPORAL_ADDRESS.",
        cause);

    // Null for what the caller has asked for wrongly, and knows better how to say.
    private SopException? Explain(RpcException e) => e.Code switch
    {
        RpcException.StatusCode.NotFound when e.Message.Contains("amespace", StringComparison.Ordinal) =>
            new(ExitCode.Usage, $"{Name}: {e.Message.TrimEnd('.')}; set another with TEMPORAL_NAMESPACE.", e),
        RpcException.StatusCode.NotFound or RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.FailedPrecondition => null,
        RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unauthenticated =>
            new(ExitCode.OutOfReach, $"{Name} denies access: {e.Message.TrimEnd('.')}.", e),
        RpcException.StatusCode.Unimplemented =>
            new(ExitCode.OutOfReach, $"{Name} does not support this call; is it a Temporal server? {e.Message.TrimEnd('.')}.", e),
        _ => new(ExitCode.OutOfReach, $"{Name} does not answer: {e.Message.TrimEnd('.')}.", e),
    };
}
