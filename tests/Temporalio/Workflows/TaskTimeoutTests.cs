using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>A workflow task that times out on the server while the worker still works on it.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class TaskTimeoutTests(RealServer server)
{
    private static int _isHeld;

    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Task_TimesOutOnTheServer_IsDoneOnceAndTheRunGoesOn(int cached)
    {
        _isHeld = 1;
        LiveWorkflows live = new(server, cached);
        TemporalWorkerOptions options = live.Options(typeof(HeldWorkflow)).AddActivity(Activities.Once);
        await live.RunAsync(options, async () =>
        {
            WorkflowHandle handle = await live.Client.StartWorkflowAsync(
                "HeldWorkflow", [], new(RealServer.NewId("held"), live.TaskQueue) { TaskTimeout = TimeSpan.FromSeconds(1) });
            Assert.Equal("once", await handle.GetResultAsync<string>());
            HistoryEvent[] events = [.. (await handle.FetchHistoryAsync()).Events];
            Assert.Contains(events, e => e.EventType == EventType.WorkflowTaskTimedOut);
            Assert.Single(events, e => e.EventType == EventType.ActivityTaskScheduled);
            return [handle];
        });
    }

    private static class Activities
    {
        [Activity("once")]
        public static string Once() => "once";
    }

    [Workflow]
    public sealed class HeldWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync()
        {
            if (Interlocked.Exchange(ref _isHeld, 0) == 1)
            {
                // Longer than the task's timeout on the server, shorter than what counts as a deadlock in the first activation.
                SpinWait.SpinUntil(() => false, TimeSpan.FromSeconds(3));
            }

            return Workflow.ExecuteActivityAsync<string>("once", [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
        }
    }
}
