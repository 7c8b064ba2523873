using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Telemetry;
using Temporalio.Worker.Runs;

namespace Temporalio.Worker;

/// <content>Polls. One is made only for a free slot, so every task that the server hands out is worked on at once.</content>
internal sealed partial class WorkflowWorker
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromSeconds(70);

    /// <summary>What the worker tells of itself now.</summary>
    public IEnumerable<(string? Kind, long Value)> ReadGauge(WorkerGauge gauge)
    {
        (int normal, int sticky) = CountPolls();
        return gauge switch
        {
            WorkerGauge.Pollers => [("workflow_task", normal), ("sticky_workflow_task", sticky)],
            WorkerGauge.SlotsAvailable => [(nameof(WorkflowWorker), _slots.CurrentCount)],
            WorkerGauge.SlotsUsed => [(nameof(WorkflowWorker), _slotCount - _slots.CurrentCount)],
            WorkerGauge.CachedRuns => [(null, _cache.Count)],
            _ => [],
        };
    }

    private (int Normal, int Sticky) CountPolls()
    {
        int polls = Math.Max(1, _scope.Options.MaxConcurrentWorkflowTaskPolls);
        if (StickyTaskQueue is null)
        {
            return (polls, 0);
        }

        int normal = Math.Clamp((int)Math.Round(polls * _scope.Options.NonStickyToStickyPollRatio), 1, Math.Max(1, polls - 1));
        return (normal, Math.Max(1, polls - normal));
    }

    private async Task PollOneByOneAsync(bool isSticky, CancellationToken stop, CancellationToken abort)
    {
        PollRetry retry = new(_scope);
        try
        {
            while (true)
            {
                await _slots.WaitAsync(stop);
                PolledTask? task = null;
                try
                {
                    task = await PollOnceAsync(isSticky, retry, stop, abort);
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
                    Start(task);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The worker shuts down.
        }
    }

    private async Task<PolledTask?> PollOnceAsync(bool isSticky, PollRetry retry, CancellationToken stop, CancellationToken abort)
    {
        PollWorkflowTaskQueueResponse? response = await retry.PollAsync(
            () => _scope.Client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(
                Request(isSticky), new RpcOptions { Timeout = PollTimeout, CancellationToken = abort }),
            stop);
        if (response is null)
        {
            return null;
        }

        PolledTask? task = response.TaskToken.IsEmpty ? null : new(response);
        _scope.Metrics.WorkflowTaskPolled(task?.WorkflowType, task?.ScheduledTime, task?.StartedTime);
        return task;
    }

    private PollWorkflowTaskQueueRequest Request(bool isSticky) => new()
    {
        Namespace = _scope.Namespace,
        TaskQueue = isSticky
            ? new() { Name = StickyTaskQueue, Kind = TaskQueueKind.Sticky, NormalName = _scope.TaskQueue }
            : new() { Name = _scope.TaskQueue, Kind = TaskQueueKind.Normal },
        Identity = _scope.Identity,
        WorkerInstanceKey = _scope.InstanceKey,
        DeploymentOptions = _scope.DeploymentOptions,
    };
}
