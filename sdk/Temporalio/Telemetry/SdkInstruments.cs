using System.Diagnostics.Metrics;
using Temporalio.Client;

namespace Temporalio.Telemetry;

/// <summary>
/// The SDK's metrics: one meter, <c>Temporalio</c>, with the names of the official SDK. Durations are in milliseconds. Nothing is
/// measured while nobody listens.
/// </summary>
internal static class SdkInstruments
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "Temporalio";

    private const string Milliseconds = "ms";

    /// <summary>The meter, which user code's own metrics share.</summary>
    public static Meter Meter { get; } = new(MeterName, SdkIdentity.Version);

    public static Counter<long> Request { get; } = Meter.CreateCounter<long>("temporal_request");

    public static Counter<long> RequestFailure { get; } = Meter.CreateCounter<long>("temporal_request_failure");

    public static Histogram<double> RequestLatency { get; } = Meter.CreateHistogram<double>("temporal_request_latency", Milliseconds);

    public static Counter<long> LongRequest { get; } = Meter.CreateCounter<long>("temporal_long_request");

    public static Counter<long> LongRequestFailure { get; } = Meter.CreateCounter<long>("temporal_long_request_failure");

    public static Histogram<double> LongRequestLatency { get; } =
        Meter.CreateHistogram<double>("temporal_long_request_latency", Milliseconds);

    public static Counter<long> WorkerStart { get; } = Meter.CreateCounter<long>("temporal_worker_start");

    public static Counter<long> WorkflowTaskPollSucceeded { get; } =
        Meter.CreateCounter<long>("temporal_workflow_task_queue_poll_succeed");

    public static Counter<long> WorkflowTaskPollEmpty { get; } = Meter.CreateCounter<long>("temporal_workflow_task_queue_poll_empty");

    public static Histogram<double> WorkflowTaskScheduleToStartLatency { get; } =
        Meter.CreateHistogram<double>("temporal_workflow_task_schedule_to_start_latency", Milliseconds);

    public static Histogram<double> WorkflowTaskExecutionLatency { get; } =
        Meter.CreateHistogram<double>("temporal_workflow_task_execution_latency", Milliseconds);

    public static Histogram<double> WorkflowTaskReplayLatency { get; } =
        Meter.CreateHistogram<double>("temporal_workflow_task_replay_latency", Milliseconds);

    public static Counter<long> WorkflowTaskExecutionFailed { get; } =
        Meter.CreateCounter<long>("temporal_workflow_task_execution_failed");

    public static Counter<long> WorkflowCompleted { get; } = Meter.CreateCounter<long>("temporal_workflow_completed");

    public static Counter<long> WorkflowCanceled { get; } = Meter.CreateCounter<long>("temporal_workflow_canceled");

    public static Counter<long> WorkflowFailed { get; } = Meter.CreateCounter<long>("temporal_workflow_failed");

    public static Counter<long> WorkflowContinuedAsNew { get; } = Meter.CreateCounter<long>("temporal_workflow_continue_as_new");

    public static Histogram<double> WorkflowEndToEndLatency { get; } =
        Meter.CreateHistogram<double>("temporal_workflow_endtoend_latency", Milliseconds);

    public static Counter<long> StickyCacheHit { get; } = Meter.CreateCounter<long>("temporal_sticky_cache_hit");

    public static Counter<long> StickyCacheMiss { get; } = Meter.CreateCounter<long>("temporal_sticky_cache_miss");

    public static Counter<long> StickyCacheForcedEviction { get; } =
        Meter.CreateCounter<long>("temporal_sticky_cache_total_forced_eviction");

    public static Counter<long> ActivityPollNoTask { get; } = Meter.CreateCounter<long>("temporal_activity_poll_no_task");

    public static Counter<long> ActivityTaskReceived { get; } = Meter.CreateCounter<long>("temporal_activity_task_received");

    public static Histogram<double> ActivityScheduleToStartLatency { get; } =
        Meter.CreateHistogram<double>("temporal_activity_schedule_to_start_latency", Milliseconds);

    public static Histogram<double> ActivityExecutionLatency { get; } =
        Meter.CreateHistogram<double>("temporal_activity_execution_latency", Milliseconds);

    public static Histogram<double> ActivitySucceedEndToEndLatency { get; } =
        Meter.CreateHistogram<double>("temporal_activity_succeed_endtoend_latency", Milliseconds);

    public static Counter<long> ActivityExecutionFailed { get; } = Meter.CreateCounter<long>("temporal_activity_execution_failed");

    public static Counter<long> ActivityExecutionCancelled { get; } =
        Meter.CreateCounter<long>("temporal_activity_execution_cancelled");

    /// <summary>Adds the gauges, which read what the workers that run now tell.</summary>
    public static void AddGauges(Func<WorkerGauge, IEnumerable<Measurement<long>>> read)
    {
        Meter.CreateObservableGauge("temporal_num_pollers", () => read(WorkerGauge.Pollers));
        Meter.CreateObservableGauge("temporal_worker_task_slots_available", () => read(WorkerGauge.SlotsAvailable));
        Meter.CreateObservableGauge("temporal_worker_task_slots_used", () => read(WorkerGauge.SlotsUsed));
        Meter.CreateObservableGauge("temporal_sticky_cache_size", () => read(WorkerGauge.CachedRuns));
    }
}
