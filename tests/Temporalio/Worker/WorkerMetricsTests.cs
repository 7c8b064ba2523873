using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Worker;

/// <summary>What a listener to the SDK's meter hears of a worker, under the official SDK's names.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkerMetricsTests(RealServer server) : IDisposable
{
    private readonly string _taskQueue = RealServer.NewId("queue");
    private readonly ConcurrentDictionary<string, double> _sums = [];
    private readonly MeterListener _listener = new();

    public void Dispose() => _listener.Dispose();

    [LabFact]
    public async Task Worker_AtWork_CountsWhatItDoes()
    {
        Listen();
        TemporalClient client = new(server.Connection, new());
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue).AddActivity(Fails).AddActivity(Works).AddWorkflow<BothWorkflow>();
        using TemporalWorker worker = new(client, options);
        string gauges = await worker.ExecuteAsync(async () =>
        {
            Assert.Equal("worked", await client.ExecuteWorkflowAsync((BothWorkflow both) => both.RunAsync(), new(RealServer.NewId("both"), _taskQueue)));
            WorkflowHandle stuck = await client.StartWorkflowAsync("NoSuchWorkflow", [], new(RealServer.NewId("stuck"), _taskQueue));
            await Eventually(() => _sums.ContainsKey("temporal_workflow_task_execution_failed"));
            await stuck.TerminateAsync();
            _listener.RecordObservableInstruments();
            return string.Join(", ", _sums.Where(sum => sum.Key.Contains("num_pollers", StringComparison.Ordinal)).Select(sum => sum.Value));
        }).Within();

        Assert.Equal("10", gauges);
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["temporal_activity_execution_failed"] = 1,
                ["temporal_activity_task_received"] = 2,
                ["temporal_workflow_completed"] = 1,
                ["temporal_worker_start"] = 1,
            },
            _sums.Where(sum => sum.Key is "temporal_activity_execution_failed" or "temporal_activity_task_received"
                or "temporal_workflow_completed" or "temporal_worker_start").ToDictionary());
        Assert.Subset(_sums.Keys.ToHashSet(), Expected);
    }

    private static HashSet<string> Expected =>
    [
        "temporal_activity_execution_latency", "temporal_activity_schedule_to_start_latency", "temporal_activity_succeed_endtoend_latency",
        "temporal_sticky_cache_size", "temporal_worker_task_slots_available",
        "temporal_worker_task_slots_used", "temporal_workflow_endtoend_latency", "temporal_workflow_task_execution_latency",
        "temporal_workflow_task_execution_failed", "temporal_workflow_task_queue_poll_succeed", "temporal_workflow_task_schedule_to_start_latency",
    ];

    [LabFact]
    public async Task UserCode_WithMetricsOfItsOwn_IsHeardOnceAlthoughTheRunIsReplayed()
    {
        Listen();
        TemporalClient client = new(server.Connection, new());
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue) { MaxCachedWorkflows = 0 }.AddActivity(Measures).AddWorkflow<MeasuringWorkflow>();
        using TemporalWorker worker = new(client, options);
        await worker.ExecuteAsync(
            () => client.ExecuteWorkflowAsync((MeasuringWorkflow measuring) => measuring.RunAsync(), new(RealServer.NewId("measuring"), _taskQueue))).Within();

        Assert.Equal(
            new Dictionary<string, double> { ["test_activities"] = 2, ["test_steps"] = 2 },
            _sums.Where(sum => sum.Key.StartsWith("test_", StringComparison.Ordinal)).ToDictionary());
    }

    [LabFact]
    public async Task Client_CallThatFails_CountsItByStatus()
    {
        TaskCompletionSource<string> failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Temporalio", Name: "temporal_request_failure" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            Dictionary<string, object?> all = tags.ToArray().ToDictionary();
            if (Equals(all["operation"], "DescribeWorkflowExecution"))
            {
                failed.TrySetResult($"{all["namespace"]} {all["status_code"]}");
            }
        });
        _listener.Start();
        TemporalClient client = new(server.Connection, new());

        await Assert.ThrowsAsync<RpcException>(() => client.GetWorkflowHandle(RealServer.NewId("nobody")).DescribeAsync());

        Assert.Equal("default NOT_FOUND", await failed.Task.Within());
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    [Activity]
    private static string Works() => "worked";

    [Activity]
    private static void Fails() => throw new ApplicationFailureException("ISR", nonRetryable: true);

    [Activity]
    private static void Measures() => ActivityExecutionContext.Current.MetricMeter.CreateCounter<int>("test_activities").Add(1);

    [Workflow]
    public sealed class MeasuringWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            for (int step = 0; step < 2; step++)
            {
                await Workflow.ExecuteActivityAsync(() => Measures(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
                Workflow.MetricMeter.CreateCounter<int>("test_steps").Add(1);
            }
        }
    }

    // The other tests' workers are heard too.
    private void Listen()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Temporalio")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach ((string name, object? tag) in tags)
        {
            if (name == "task_queue" && Equals(tag, _taskQueue))
            {
                _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        }
    }

    [Workflow]
    public sealed class BothWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            ActivityOptions options = new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) };
            try
            {
                await Workflow.ExecuteActivityAsync("Fails", [], options);
            }
            catch (ActivityFailureException)
            {
                // Its failure is counted.
            }

            return await Workflow.ExecuteActivityAsync<string>("Works", [], options);
        }
    }
}
