using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker.Histories;
using Temporalio.Worker.Runs;

namespace Temporalio.Worker;

/// <summary>
/// Polls for workflow tasks and works on them. Runs stay in memory between their tasks; the server then sends only what is new, on a
/// queue of this worker's own. A run that was dropped is made again from its history, so nothing in memory is ever the only copy.
/// </summary>
internal sealed partial class WorkflowWorker : IDisposable
{
    private const int DefaultSlots = 100;

    // As long as a new process may take, on a busy machine, to compile most of what it runs.
    private static readonly TimeSpan ColdFor = TimeSpan.FromMinutes(1);

    private readonly WorkerScope _scope;
    private readonly WorkflowRegistry _workflows;
    private readonly WorkflowTaskReports _reports;
    private readonly WorkflowThreads _threads;
    private readonly WorkflowCache _cache;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly int _slotCount;
    private RunScope? _runs;

    public WorkflowWorker(WorkerScope scope, ActivityWorker? activities)
    {
        _scope = scope;
        _workflows = new(scope.Options.Workflows);
        StickyTaskQueue = scope.Options.MaxCachedWorkflows > 0 ? $"{scope.Identity}-{scope.InstanceKey}" : null;
        _reports = new(scope, StickyTaskQueue, activities);
        _threads = new(Environment.ProcessorCount, watchesDeadlocks: !scope.Options.DebugMode, scope.TimeProvider, ColdFor);
        _cache = new(scope.Options.MaxCachedWorkflows);
        _logger = scope.LoggerFactory.CreateLogger<WorkflowWorker>();
        _slotCount = scope.Options.MaxConcurrentWorkflowTasks ?? DefaultSlots;
        _slots = new(_slotCount);
    }

    /// <summary>The queue on which the server sends tasks of runs that are in memory; null if none stay there.</summary>
    public string? StickyTaskQueue { get; }

    /// <summary>The number of runs in memory.</summary>
    public int CachedRuns => _cache.Count;

    /// <summary>
    /// Polls until <paramref name="stop"/>. Polls that are open then end with their answer, or without one on <paramref name="abort"/>.
    /// </summary>
    /// <exception cref="RpcException">The server refuses the polls for good.</exception>
    public async Task PollAsync(CancellationToken stop, CancellationToken abort)
    {
        using IDisposable? tracing = _scope.Options.DisableWorkflowTracingEventListener ? null : WorkflowTracing.Listen();
        using CancellationTokenRegistration stopping = stop.Register(_reports.StopAskingForMore);
        _runs = await DescribeRunsAsync(stop);
        (int normal, int sticky) = CountPolls();
        Task[] pollers =
        [
            .. Enumerable.Range(0, normal).Select(_ => PollOneByOneAsync(isSticky: false, stop, abort)),
            .. Enumerable.Range(0, sticky).Select(_ => PollOneByOneAsync(isSticky: true, stop, abort)),
        ];

        // What is final for one poller is so for all; the worker stops the others.
        await await Task.WhenAny(pollers);
        await Task.WhenAll(pollers);
    }

    /// <summary>Waits for the pollers, and for the tasks that are being worked on.</summary>
    /// <param name="polling">The pollers, told to stop.</param>
    public async Task ShutDownAsync(Task polling)
    {
        await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Whoever works holds a slot.
        for (int free = 0; free < _slotCount; free++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _threads.Dispose();
        _slots.Dispose();
    }

    private async Task<RunScope> DescribeRunsAsync(CancellationToken stop) => new()
    {
        Namespace = _scope.Namespace,
        TaskQueue = _scope.TaskQueue,
        Workflows = _workflows,
        Threads = _threads,
        DataConverter = _scope.Client.Options.DataConverter,
        LoggerFactory = _scope.LoggerFactory,
        FailureExceptionTypes = _scope.Options.WorkflowFailureExceptionTypes,
        StackTrace = _scope.Options.WorkflowStackTrace,
        TracingEventsEnabled = !_scope.Options.DisableWorkflowTracingEventListener,
        DisableEagerActivityExecution = _reports.NeverEager,
        DeploymentVersion = _scope.Options.DeploymentOptions?.Version,
        CanWriteFlags = await KeepsFlagsAsync(stop),
    };

    private async Task<bool> KeepsFlagsAsync(CancellationToken stop)
    {
        try
        {
            GetSystemInfoResponse info = await _scope.Client.Connection.WorkflowService.GetSystemInfoAsync(
                new(), new RpcOptions { Retry = true, CancellationToken = stop });
            return info.Capabilities?.SdkMetadata ?? false;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.Unimplemented)
        {
            return false;
        }
        catch (RpcException)
        {
            // The server is away; every server of today keeps them.
            return true;
        }
    }

    private void Start(PolledTask task)
    {
        CachedRun? run = _cache.Enter(task.RunId, task, out PolledTask? dropped);
        if (dropped is not null)
        {
            _slots.Release();
        }

        if (run is not null)
        {
            _ = WorkOnAllAsync(run, task);
        }
    }

    /// <summary>Works on a task and on all that follow for the same run.</summary>
    private async Task WorkOnAllAsync(CachedRun run, PolledTask task)
    {
        PolledTask? next = task;
        while (next is not null)
        {
            next = await WorkAsync(run, next);
            if (next is null)
            {
                next = _cache.Leave(run, out int evicted);
                _scope.Metrics.CacheEvicted(evicted);
                _slots.Release();
            }
        }
    }

    /// <returns>The next task, if the server sent one with the answer.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The last frame of a task: what gets here is a fault of the worker, and ends one run's stay.")]
    private async Task<PolledTask?> WorkAsync(CachedRun run, PolledTask task)
    {
        try
        {
            return await WorkOnceAsync(run, task);
        }
        catch (RpcException e)
        {
            // The history could not be read. The server sends the task again.
            run.Evict();
            if (ServerContact.IsTransient(e))
            {
                _scope.ServerContact.Lost(e);
            }
            else
            {
                LogNoHistory(e, task.WorkflowType, task.WorkflowId, task.RunId);
            }

            return null;
        }
        catch (Exception e)
        {
            run.Evict();
            LogBroken(e, task.WorkflowType, task.WorkflowId, task.RunId);
            return null;
        }
    }

    private async Task<PolledTask?> WorkOnceAsync(CachedRun run, PolledTask task)
    {
        RunHistory history = task.History((token, cancellation) => FetchAsync(task, token, cancellation));
        if (run.Run is { } cached)
        {
            if (task is { IsQueryAlone: true, IsWithoutHistory: true } && task.PreviousStartedEventId < cached.Machines.StartedEventId)
            {
                // The run has gone on since; whoever asks asks again.
                LogExpiredQuery(task.WorkflowId, task.RunId);
                return null;
            }

            if (history.FirstEventId > cached.Machines.LastEventId + 1)
            {
                run.Evict();
            }
        }

        bool isNew = run.Run is null;
        if (!isNew || history.IsPartial)
        {
            _scope.Metrics.CacheLookedUp(isHit: !isNew);
        }

        if (isNew)
        {
            history = history.IsPartial ? history.FromStart() : history;
            run.Run = new(_runs!, _runs!.Identify(task.WorkflowId, task.RunId, task.WorkflowType));
        }

        WorkflowRun current = run.Run!;
        long started = _scope.TimeProvider.GetTimestamp();
        RunOutcome outcome = await current.WorkAsync(task.For(history), CancellationToken.None);
        TimeSpan elapsed = _scope.TimeProvider.GetElapsedTime(started);
        _scope.Metrics.WorkflowTaskExecuted(task.WorkflowType, elapsed, wasReplayed: isNew && task.PreviousStartedEventId > 0);
        WarnIfSlow(task, elapsed);
        (bool keeps, PolledTask? next) = await _reports.SendAsync(task, current, outcome);
        if (!keeps)
        {
            run.Evict();
        }

        return next;
    }

    private async Task<HistoryPage> FetchAsync(PolledTask task, ByteString token, CancellationToken cancellationToken)
    {
        GetWorkflowExecutionHistoryResponse response = await _scope.Client.Connection.WorkflowService.GetWorkflowExecutionHistoryAsync(
            new()
            {
                Namespace = _scope.Namespace,
                Execution = new() { WorkflowId = task.WorkflowId, RunId = task.RunId },
                NextPageToken = token,
            },
            new RpcOptions { Retry = true, CancellationToken = cancellationToken });
        return new(response.History?.Events ?? [], response.NextPageToken);
    }

    private void WarnIfSlow(PolledTask task, TimeSpan elapsed)
    {
        if (elapsed > TimeSpan.FromSeconds(5))
        {
            LogSlow(task.WorkflowType, task.WorkflowId, task.RunId, elapsed.TotalSeconds);
        }
    }
}
