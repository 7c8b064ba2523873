using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Telemetry;

namespace Temporalio.Worker;

/// <summary>
/// Polls for activities and runs them. A poll is only made for a free slot, so every activity that the server hands out starts at once.
/// </summary>
internal sealed partial class ActivityWorker : IDisposable
{
    private const int DefaultSlots = 100;

    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(70);

    private readonly WorkerScope _scope;
    private readonly ActivityRegistry _registry;
    private readonly ActivityReports _reports;
    private readonly ActivityRateLimit _rateLimit;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly int _slotCount;
    private readonly ConcurrentDictionary<ActivityAttempt, Task> _running = [];
    private readonly CancellationTokenSource _shutdown = new();
    private volatile bool _graceIsOver;

    public ActivityWorker(WorkerScope scope)
    {
        _scope = scope;
        _registry = new(scope.Options.Activities);
        _reports = new(scope, _shutdown.Token);
        _rateLimit = new(scope.Options.MaxActivitiesPerSecond, scope.TimeProvider);
        _logger = scope.LoggerFactory.CreateLogger<ActivityWorker>();
        _slotCount = scope.Options.MaxConcurrentActivities ?? DefaultSlots;
        _slots = new(_slotCount);
    }

    /// <summary>
    /// Polls until <paramref name="stop"/>. Polls that are open then end with their answer, or without one on <paramref name="abort"/>.
    /// </summary>
    /// <exception cref="RpcException">The server refuses the polls for good.</exception>
    public async Task PollAsync(CancellationToken stop, CancellationToken abort)
    {
        Task[] pollers =
        [
            .. Enumerable.Range(0, _scope.Options.MaxConcurrentActivityTaskPolls).Select(_ => PollOneByOneAsync(stop, abort)),
        ];

        // What is final for one poller is so for all; the worker stops the others.
        await await Task.WhenAny(pollers);
        await Task.WhenAll(pollers);
    }

    /// <summary>Takes a slot for an activity that a workflow task asks for. False if there is none.</summary>
    public bool TryReserveSlot() => !_shutdown.IsCancellationRequested && _slots.Wait(0, CancellationToken.None);

    /// <summary>Gives back a reserved slot that no activity came for.</summary>
    public void ReleaseSlot() => _slots.Release();

    /// <summary>What the worker tells of itself now.</summary>
    public IEnumerable<(string? Kind, long Value)> ReadGauge(WorkerGauge gauge) => gauge switch
    {
        WorkerGauge.Pollers => [("activity_task", _scope.Options.MaxConcurrentActivityTaskPolls)],
        WorkerGauge.SlotsAvailable => [(nameof(ActivityWorker), _slots.CurrentCount)],
        WorkerGauge.SlotsUsed => [(nameof(ActivityWorker), _slotCount - _slots.CurrentCount)],
        _ => [],
    };

    /// <summary>Starts an activity in a slot that the caller has taken.</summary>
    /// <param name="task">The activity.</param>
    /// <param name="isEager">Whether it came with the answer to a workflow task, and not from a poll.</param>
    public void Start(PollActivityTaskQueueResponse task, bool isEager)
    {
        _scope.Metrics.ActivityReceived(task.ActivityType.Name, isEager, task.CurrentAttemptScheduledTime, task.StartedTime);
        ActivityAttempt attempt;
        try
        {
#pragma warning disable CA2000 // RunAsync disposes it.
            attempt = new(_scope, _registry, _reports, task, _shutdown.Token);
#pragma warning restore CA2000
        }
#pragma warning disable CA1031 // The converter is the user's; one task that cannot start must not end the poller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _slots.Release();
            _ = ReportNotStartedAsync(task, e);
            return;
        }

        TaskCompletionSource listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[attempt] = RunAsync(attempt, listed.Task);
        listed.SetResult();
        if (_graceIsOver)
        {
            attempt.Cancel();
        }
    }

    /// <summary>
    /// Tells the running activities that the worker shuts down, cancels them after the grace period, and waits for the pollers and for
    /// them. An activity that ignores its cancellation is waited for without end.
    /// </summary>
    /// <param name="polling">The pollers, told to stop.</param>
    public async Task ShutDownAsync(Task polling)
    {
        LogShutdown(_scope.TaskQueue, _running.Count, _scope.Options.GracefulShutdownTimeout);
        Task told = _shutdown.CancelAsync();
        using CancellationTokenSource ended = new();
        Task cancelling = CancelAfterGraceAsync(ended.Token);
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!_running.IsEmpty)
        {
            await Task.WhenAll(_running.Values);
        }

        await ended.CancelAsync();
        await cancelling;

        // What activities registered with the token may throw; they have ended.
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _shutdown.Dispose();
        _slots.Dispose();
    }

    private async Task ReportNotStartedAsync(PollActivityTaskQueueResponse task, Exception exception)
    {
        try
        {
            LogBroken(exception);
            Failure failure = new()
            {
                Message = $"Failed starting the activity: {exception.Message}",
                ApplicationFailureInfo = new() { Type = exception.GetType().Name },
            };
            await _reports.SendAsync(ActivityAttempt.InfoOf(task, _scope), new ActivityOutcome.Failed(failure), heartbeatDetails: null);
        }
#pragma warning disable CA1031 // A task that not even its server understands; it times out there.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(e);
        }
    }

    private async Task CancelAfterGraceAsync(CancellationToken ended)
    {
        TimeSpan grace = _scope.Options.GracefulShutdownTimeout;
        await Task.Delay(grace, _scope.TimeProvider, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _graceIsOver = true;
        foreach (ActivityAttempt attempt in _running.Keys)
        {
            attempt.Cancel();
        }
    }

    private async Task RunAsync(ActivityAttempt attempt, Task listed)
    {
        await listed;
        TaskFactory factory = _scope.Options.ActivityTaskFactory;
        try
        {
            await factory.StartNew(
                attempt.RunAsync, CancellationToken.None, factory.CreationOptions, factory.Scheduler ?? TaskScheduler.Default).Unwrap();
        }
#pragma warning disable CA1031 // The last frame of the attempt: what gets here is a fault of the worker or of a custom scheduler.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogBroken(e);
        }
        finally
        {
            _running.TryRemove(attempt, out _);
            attempt.Dispose();
            _slots.Release();
        }
    }

    private async Task PollOneByOneAsync(CancellationToken stop, CancellationToken abort)
    {
        PollRetry retry = new(_scope);
        try
        {
            while (true)
            {
                await _rateLimit.WaitAsync(stop);
                await _slots.WaitAsync(stop);
                PollActivityTaskQueueResponse? task = null;
                try
                {
                    task = await PollOnceAsync(retry, stop, abort);
                }
                finally
                {
                    if (task is null)
                    {
                        _slots.Release();
                    }
                }

                if (task is not null)
                {
                    Start(task, isEager: false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The worker shuts down.
        }
    }

    private async Task<PollActivityTaskQueueResponse?> PollOnceAsync(PollRetry retry, CancellationToken stop, CancellationToken abort)
    {
        PollActivityTaskQueueResponse? response = await retry.PollAsync(
            () => _scope.Client.Connection.WorkflowService.PollActivityTaskQueueAsync(
                Request(), new RpcOptions { Timeout = PollTimeout, CancellationToken = abort }),
            stop);
        if (response is not { TaskToken.IsEmpty: true })
        {
            return response;
        }

        _scope.Metrics.ActivityPollEmpty();
        return null;
    }

    private PollActivityTaskQueueRequest Request() => new()
    {
        Namespace = _scope.Namespace,
        TaskQueue = new() { Name = _scope.TaskQueue, Kind = TaskQueueKind.Normal },
        Identity = _scope.Identity,
        WorkerInstanceKey = _scope.InstanceKey,
        TaskQueueMetadata = _scope.Options.MaxTaskQueueActivitiesPerSecond is { } rate ? new() { MaxTasksPerSecond = rate } : null,
        DeploymentOptions = _scope.DeploymentOptions,
    };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Shutting down task queue {TaskQueue}: {Running} running activities are cancelled after {Grace}")]
    private partial void LogShutdown(string taskQueue, int running, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker failed to run an activity; the server retries it on a timeout")]
    private partial void LogBroken(Exception exception);
}
