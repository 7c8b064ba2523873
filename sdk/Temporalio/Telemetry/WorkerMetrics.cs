using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Telemetry;

/// <summary>Records what one worker does.</summary>
internal sealed class WorkerMetrics
{
    private static readonly ConcurrentDictionary<WorkerMetrics, Func<WorkerGauge, IEnumerable<(string? Kind, long Value)>>> Running = [];

    private readonly KeyValuePair<string, object?>[] _tags;

    static WorkerMetrics() => SdkInstruments.AddGauges(ReadGauges);

    public WorkerMetrics(string @namespace, string taskQueue) => _tags =
    [
        new("service_name", SdkIdentity.Name),
        new("namespace", @namespace),
        new("task_queue", taskQueue),
    ];

    /// <summary>The worker runs.</summary>
    /// <param name="gauges">Tells the worker's state, by kind of task or poller.</param>
    public void Started(Func<WorkerGauge, IEnumerable<(string? Kind, long Value)>> gauges)
    {
        Running[this] = gauges;
        SdkInstruments.WorkerStart.Add(1, _tags);
    }

    /// <summary>The worker has ended.</summary>
    public void Ended() => Running.TryRemove(this, out _);

    /// <summary>A poll for a workflow task was answered.</summary>
    public void WorkflowTaskPolled(string? workflowType, Timestamp? scheduled, Timestamp? started)
    {
        if (workflowType is null)
        {
            SdkInstruments.WorkflowTaskPollEmpty.Add(1, _tags);
            return;
        }

        SdkInstruments.WorkflowTaskPollSucceeded.Add(1, Of(workflowType));
        Record(SdkInstruments.WorkflowTaskScheduleToStartLatency, scheduled, started, workflowType);
    }

    /// <summary>A workflow task has been worked on.</summary>
    /// <param name="workflowType">The workflow.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="wasReplayed">Whether the run had to be made again from its history.</param>
    public void WorkflowTaskExecuted(string workflowType, TimeSpan elapsed, bool wasReplayed)
    {
        SdkInstruments.WorkflowTaskExecutionLatency.Record(elapsed.TotalMilliseconds, Of(workflowType));
        if (wasReplayed)
        {
            SdkInstruments.WorkflowTaskReplayLatency.Record(elapsed.TotalMilliseconds, Of(workflowType));
        }
    }

    /// <summary>A workflow task failed.</summary>
    public void WorkflowTaskFailed(string workflowType, WorkflowTaskFailedCause cause)
    {
        TagList tags = Of(workflowType);
        tags.Add("failure_reason", cause switch
        {
            WorkflowTaskFailedCause.NonDeterministicError => "NonDeterminismError",
            WorkflowTaskFailedCause.GrpcMessageTooLarge => "GrpcMessageTooLarge",
            WorkflowTaskFailedCause.PayloadsTooLarge => "PayloadsTooLarge",
            _ => "WorkflowError",
        });
        SdkInstruments.WorkflowTaskExecutionFailed.Add(1, tags);
    }

    /// <summary>A run was ended by its code.</summary>
    public void WorkflowClosed(string workflowType, CommandType end, TimeSpan? lasted)
    {
        Counter<long> counter = end switch
        {
            CommandType.FailWorkflowExecution => SdkInstruments.WorkflowFailed,
            CommandType.CancelWorkflowExecution => SdkInstruments.WorkflowCanceled,
            CommandType.ContinueAsNewWorkflowExecution => SdkInstruments.WorkflowContinuedAsNew,
            _ => SdkInstruments.WorkflowCompleted,
        };
        TagList tags = Of(workflowType);
        counter.Add(1, tags);
        if (lasted is { } time)
        {
            SdkInstruments.WorkflowEndToEndLatency.Record(time.TotalMilliseconds, tags);
        }
    }

    /// <summary>A task came for a run that was in memory, or was thought to be.</summary>
    public void CacheLookedUp(bool isHit) => (isHit ? SdkInstruments.StickyCacheHit : SdkInstruments.StickyCacheMiss).Add(1, _tags);

    /// <summary>Runs had to leave memory for others.</summary>
    public void CacheEvicted(int runs)
    {
        if (runs > 0)
        {
            SdkInstruments.StickyCacheForcedEviction.Add(runs, _tags);
        }
    }

    /// <summary>A poll for an activity came back without one.</summary>
    public void ActivityPollEmpty() => SdkInstruments.ActivityPollNoTask.Add(1, _tags);

    /// <summary>An activity came.</summary>
    /// <param name="activityType">The activity.</param>
    /// <param name="isEager">Whether it came with the answer to a workflow task.</param>
    /// <param name="scheduled">When the attempt was scheduled.</param>
    /// <param name="started">When the server handed it out.</param>
    public void ActivityReceived(string activityType, bool isEager, Timestamp? scheduled, Timestamp? started)
    {
        TagList tags = OfActivity(activityType);
        tags.Add("eager", isEager);
        SdkInstruments.ActivityTaskReceived.Add(1, tags);
        if (scheduled is not null && started is not null && SdkInstruments.ActivityScheduleToStartLatency.Enabled)
        {
            SdkInstruments.ActivityScheduleToStartLatency.Record(Between(scheduled, started), OfActivity(activityType));
        }
    }

    /// <summary>An attempt of an activity ended.</summary>
    /// <param name="info">The activity.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="elapsed">How long the attempt took.</param>
    /// <param name="now">The time.</param>
    public void ActivityEnded(ActivityInfo info, ActivityOutcome outcome, TimeSpan elapsed, DateTime now)
    {
        TagList tags = OfActivity(info.ActivityType);
        tags.Add("workflow_type", info.WorkflowType ?? "none");
        SdkInstruments.ActivityExecutionLatency.Record(elapsed.TotalMilliseconds, tags);
        switch (outcome)
        {
            case ActivityOutcome.Completed:
                SdkInstruments.ActivitySucceedEndToEndLatency.Record((now - info.ScheduledTime).TotalMilliseconds, tags);
                break;
            case ActivityOutcome.Failed { Failure.ApplicationFailureInfo: not { Category: ApplicationErrorCategory.Benign } }:
                SdkInstruments.ActivityExecutionFailed.Add(1, tags);
                break;
            case ActivityOutcome.Canceled:
                SdkInstruments.ActivityExecutionCancelled.Add(1, tags);
                break;
        }
    }

    private static IEnumerable<Measurement<long>> ReadGauges(WorkerGauge gauge)
    {
        string kind = gauge == WorkerGauge.Pollers ? "poller_type" : "worker_type";
        foreach ((WorkerMetrics worker, Func<WorkerGauge, IEnumerable<(string? Kind, long Value)>> read) in Running)
        {
            foreach ((string? of, long value) in read(gauge))
            {
                yield return new(value, of is null ? worker._tags : [.. worker._tags, new(kind, of)]);
            }
        }
    }

    private static double Between(Timestamp from, Timestamp to) => Math.Max(0, (to.ToDateTime() - from.ToDateTime()).TotalMilliseconds);

    private TagList Of(string workflowType) => new(_tags) { { "workflow_type", workflowType } };

    private TagList OfActivity(string activityType) => new(_tags) { { "activity_type", activityType } };

    private void Record(Histogram<double> histogram, Timestamp? from, Timestamp? to, string workflowType)
    {
        if (from is not null && to is not null && histogram.Enabled)
        {
            histogram.Record(Between(from, to), Of(workflowType));
        }
    }
}
