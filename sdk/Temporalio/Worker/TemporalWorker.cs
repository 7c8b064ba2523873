using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Telemetry;

namespace Temporalio.Worker;

/// <summary>Runs workflows and activities of one task queue, once, until it is told to stop or the server refuses it for good.</summary>
public partial class TemporalWorker : IDisposable
{
    private static readonly TimeSpan AnnounceTimeout = TimeSpan.FromSeconds(5);

    private readonly WorkerScope _scope;
    private readonly ILogger _logger;
    private readonly ActivityWorker? _activityWorker;
    private readonly WorkflowWorker? _workflowWorker;
    private int _started;

    /// <summary>Makes a worker; it does nothing until <see cref="ExecuteAsync(CancellationToken)"/>.</summary>
    /// <param name="client">The client: an <see cref="ITemporalClient"/>.</param>
    /// <param name="options">The options; copied.</param>
    /// <exception cref="ArgumentException">
    /// There is no task queue, neither a workflow nor an activity, or two of one name.
    /// </exception>
    public TemporalWorker(IWorkerClient client, TemporalWorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        Options = (TemporalWorkerOptions)options.Clone();
        if (Options.Activities.Count == 0 && Options.Workflows.Count == 0)
        {
            throw new ArgumentException("The worker's options hold neither a workflow nor an activity.", nameof(options));
        }

        RequireOne(Options.MaxConcurrentActivities ?? 1, nameof(Options.MaxConcurrentActivities));
        RequireOne(Options.MaxConcurrentActivityTaskPolls, nameof(Options.MaxConcurrentActivityTaskPolls));
        RequireOne(Options.MaxConcurrentWorkflowTasks ?? 1, nameof(Options.MaxConcurrentWorkflowTasks));
        RequireOne(Options.MaxConcurrentWorkflowTaskPolls, nameof(Options.MaxConcurrentWorkflowTaskPolls));
        _scope = new(client, Options);
        _logger = _scope.LoggerFactory.CreateLogger<TemporalWorker>();
        _activityWorker = Options.Activities.Count > 0 ? new(_scope) : null;
        _workflowWorker = Options.Workflows.Count > 0 ? new(_scope, _activityWorker) : null;
    }

    /// <summary>
    /// The client. Setting it lets the worker go on with another one of the same namespace, as when a certificate was renewed; calls
    /// that are under way end on the one they began with.
    /// </summary>
    /// <exception cref="ArgumentException">The client is of another namespace.</exception>
    public IWorkerClient Client
    {
        get => _scope.Client;
        set => _scope.Client = value;
    }

    /// <summary>The worker's own copy of the options.</summary>
    public TemporalWorkerOptions Options { get; }

    /// <summary>
    /// Runs the worker until the token is cancelled. Then it polls no more, cancels running activities once
    /// <see cref="TemporalWorkerOptions.GracefulShutdownTimeout"/> is over, and waits for them; an activity that ignores its
    /// cancellation is waited for without end.
    /// </summary>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <exception cref="InvalidOperationException">The worker was started before, or its namespace cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The worker was stopped, and has ended.</exception>
    /// <exception cref="RpcException">The server refused the worker for good, and it has ended.</exception>
    public Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync<ValueTuple>(null, stoppingToken);

    /// <summary>Runs the worker until a task ends or the token is cancelled; see <see cref="ExecuteAsync(CancellationToken)"/>.</summary>
    /// <param name="untilComplete">Starts the task; its exception is thrown once the worker has ended.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    public Task ExecuteAsync(Func<Task> untilComplete, CancellationToken stoppingToken = default) => RunAsync<ValueTuple>(
        async () =>
        {
            await untilComplete();
            return default;
        },
        stoppingToken);

    /// <summary>Runs the worker until a task ends or the token is cancelled; see <see cref="ExecuteAsync(CancellationToken)"/>.</summary>
    /// <typeparam name="TResult">The type of the task's result.</typeparam>
    /// <param name="untilComplete">Starts the task; its exception is thrown once the worker has ended.</param>
    /// <param name="stoppingToken">Stops the worker.</param>
    /// <returns>The task's result.</returns>
    public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> untilComplete, CancellationToken stoppingToken = default) =>
        RunAsync(untilComplete, stoppingToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the worker holds. A worker that runs frees it when it ends.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _started, 1) == 0)
        {
            DisposeParts();
        }
    }

    private static void RequireOne(int value, string option)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{option} of the worker's options is {value}; it must be at least 1.");
        }
    }

    private async Task<TResult> RunAsync<TResult>(Func<Task<TResult>>? untilComplete, CancellationToken stoppingToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException($"The worker on task queue {_scope.TaskQueue} was started or disposed before.");
        }

        try
        {
            bool serverEndsPolls = await ValidateAsync(stoppingToken);
            _scope.Metrics.Started(ReadGauge);
            Task<TResult>? user = untilComplete?.Invoke();
            await RunUntilAsync(user ?? Task.Delay(Timeout.InfiniteTimeSpan, _scope.TimeProvider, stoppingToken), serverEndsPolls, stoppingToken);
            if (user is { IsCompleted: true })
            {
                return await user;
            }

            throw new OperationCanceledException(stoppingToken);
        }
        finally
        {
            _scope.Metrics.Ended();
            DisposeParts();
        }
    }

    private IEnumerable<(string? Kind, long Value)> ReadGauge(WorkerGauge gauge) =>
        [.. _workflowWorker?.ReadGauge(gauge) ?? [], .. _activityWorker?.ReadGauge(gauge) ?? []];

    /// <summary>Polls until the task ends or the token is cancelled, and shuts down.</summary>
    private async Task RunUntilAsync(Task end, bool serverEndsPolls, CancellationToken stoppingToken)
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource abort = new();
#pragma warning disable CA2025 // All are awaited here.
        Task activities = _activityWorker?.PollAsync(stop.Token, abort.Token) ?? Task.CompletedTask;
        Task workflows = _workflowWorker?.PollAsync(stop.Token, abort.Token) ?? Task.CompletedTask;
        Task polling = Task.WhenAll(activities, workflows);
        Task stopped = Task.Delay(Timeout.InfiniteTimeSpan, _scope.TimeProvider, stoppingToken);
        Task first = await Task.WhenAny([end, stopped, .. Endless(activities, workflows)]);
        if (first.IsFaulted && first != end)
        {
            LogFailed(first.Exception.GetBaseException(), _scope.TaskQueue);
        }

        await stop.CancelAsync();
        Task pollsEnded = EndPollsAsync(polling, serverEndsPolls, abort);
        Task workflowsEnded = _workflowWorker?.ShutDownAsync(workflows) ?? Task.CompletedTask;
        Task activitiesEnded = _activityWorker?.ShutDownAsync(activities) ?? Task.CompletedTask;
#pragma warning restore CA2025
        await pollsEnded;
        await workflowsEnded;
        await activitiesEnded;
        await polling;
    }

    // A kind that the worker does not run has nothing to poll for.
    private static IEnumerable<Task> Endless(params Task[] polling) => polling.Where(task => task != Task.CompletedTask);

    /// <summary>
    /// Tells the server that the worker goes, so that it hands out nothing more. A server that ends open polls by itself gets the time
    /// to: a poll that is cancelled from here may have a task in its answer.
    /// </summary>
    private async Task EndPollsAsync(Task polling, bool serverEndsPolls, CancellationTokenSource abort)
    {
        bool announced = await AnnounceShutdownAsync();
        if (announced && serverEndsPolls)
        {
            await polling.WaitAsync(AnnounceTimeout, _scope.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await abort.CancelAsync();
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> AnnounceShutdownAsync()
    {
        ShutdownWorkerRequest request = new()
        {
            Namespace = _scope.Namespace,
            TaskQueue = _scope.TaskQueue,
            StickyTaskQueue = _workflowWorker?.StickyTaskQueue ?? string.Empty,
            TaskQueueTypes = { TaskQueueType.Activity, TaskQueueType.Workflow },
            Identity = _scope.Identity,
            WorkerInstanceKey = _scope.InstanceKey,
            Reason = "graceful shutdown",
        };
        try
        {
            await Client.Connection.WorkflowService.ShutdownWorkerAsync(request, new RpcOptions { Timeout = AnnounceTimeout });
            return true;
        }
        catch (RpcException e)
        {
            LogNotAnnounced(_scope.TaskQueue, e.Code, e.Message);
            return false;
        }
    }

    /// <summary>Reads the namespace, so that a worker for one that is not there does not start. Whether the server ends polls by itself.</summary>
    private async Task<bool> ValidateAsync(CancellationToken stoppingToken)
    {
        try
        {
            DescribeNamespaceResponse response = await Client.Connection.WorkflowService.DescribeNamespaceAsync(
                new() { Namespace = _scope.Namespace }, new RpcOptions { Retry = true, CancellationToken = stoppingToken });
            if (response.NamespaceInfo?.Limits is { } limits)
            {
                _scope.Limits = new(limits.BlobSizeLimitError, limits.MemoSizeLimitError);
            }

            return response.NamespaceInfo?.Capabilities?.WorkerPollCompleteOnShutdown ?? false;
        }
        catch (RpcException e)
        {
            stoppingToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"Worker validation failed: namespace {_scope.Namespace} cannot be read: {e.Code}: {e.Message}", e);
        }
    }

    private void DisposeParts()
    {
        _activityWorker?.Dispose();
        _workflowWorker?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refused the worker on task queue {TaskQueue}, shutting down")]
    private partial void LogFailed(Exception? exception, string taskQueue);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Told the server nothing of the shutdown of the worker on task queue {TaskQueue}: {Code}: {Reason}")]
    private partial void LogNotAnnounced(string taskQueue, RpcException.StatusCode code, string reason);
}
