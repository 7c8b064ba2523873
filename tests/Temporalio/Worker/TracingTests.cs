using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Worker;

/// <summary>The trace of a call from the client through the workflow into the activity.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class TracingTests(RealServer server)
{
    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Trace_OfAClientsCall_GoesThroughWorkflowAndActivity(int cached)
    {
        string taskQueue = RealServer.NewId("queue");
        string id = RealServer.NewId("traced");
        ConcurrentQueue<Activity> spans = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name.StartsWith("Temporalio.Extensions.OpenTelemetry.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        TemporalClient client = new(server.Connection, new());
        TemporalWorkerOptions options = new TemporalWorkerOptions(taskQueue) { MaxCachedWorkflows = cached }
            .AddActivity(Restart).AddWorkflow<TracedWorkflow>();
        using TemporalWorker worker = new(client, options);
        string seen = await worker.ExecuteAsync(
            () => client.ExecuteWorkflowAsync((TracedWorkflow workflow) => workflow.RunAsync(), new(id, taskQueue))).Within();

        Activity[] own = [.. spans.Where(span => Equals(span.GetTagItem("temporalWorkflowID"), id))];
        Assert.Equal(
            ["StartWorkflow:TracedWorkflow", "RunWorkflow:TracedWorkflow", "StartActivity:Restart", "RunActivity:Restart"],
            own.OrderBy(Depth).Select(span => span.OperationName));
        Assert.Single(own.Select(span => span.TraceId).Distinct());
        Assert.Equal(own.Single(span => span.OperationName.StartsWith("RunActivity", StringComparison.Ordinal)).Id, seen);

        int Depth(Activity span) => own.FirstOrDefault(other => other.SpanId == span.ParentSpanId) is { } parent ? Depth(parent) + 1 : 0;
    }

    [Activity]
    private static string? Restart() => Activity.Current?.Id;

    [Workflow]
    public sealed class TracedWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(1);
            return await Workflow.ExecuteActivityAsync<string>("Restart", [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
        }
    }
}
