using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Tests.Replay;
using Temporalio.Worker;
using Temporalio.Worker.Histories;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>
/// A program of many calls, live on a real server: with a cache and without one it makes the same commands, and both histories replay.
/// </summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class MixWorkflowTests(RealServer server)
{
    [LabFact]
    public async Task Mix_CachedAndNot_MakesTheSameCommandsAndReplays()
    {
        WorkflowHistory[] cached = await RunAsync(maxCachedWorkflows: 100);
        WorkflowHistory[] uncached = await RunAsync(maxCachedWorkflows: 0);

        Assert.Equal(cached.Select(Digest), uncached.Select(Digest));
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<MixWorkflow>());
        foreach (WorkflowHistory history in cached.Concat(uncached))
        {
            await replayer.ReplayWorkflowAsync(history).Within();
        }
    }

    private static string Digest(WorkflowHistory history) =>
        string.Join('\n', history.Events.Where(e => e.IsCommandEvent()).Select(Describe));

    private static string Describe(HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskScheduled => $"activity {e.ActivityTaskScheduledEventAttributes.ActivityType.Name}",
        EventType.TimerStarted => $"timer {e.TimerStartedEventAttributes.TimerId}",
        _ => e.EventType.ToString(),
    };

    private async Task<WorkflowHistory[]> RunAsync(int maxCachedWorkflows)
    {
        ITemporalClient client = new TemporalClient(server.Connection, new());
        string queue = RealServer.NewId("queue");
        TemporalWorkerOptions options = new TemporalWorkerOptions(queue) { MaxCachedWorkflows = maxCachedWorkflows }
            .AddActivity(MixActivities.Echo).AddActivity(MixActivities.Fail).AddActivity(MixActivities.SlowAsync)
            .AddWorkflow<MixWorkflow>().AddWorkflow<NotifyWorkflow>();
        using TemporalWorker worker = new(client, options);
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<MixWorkflow, IReadOnlyList<string>> first = await client.StartWorkflowAsync(
                (MixWorkflow workflow) => workflow.RunAsync("kafka", 0), new(RealServer.NewId("mix"), queue));
            await DriveAsync(client, first.Id, first.FirstExecutionRunId!);
            string second = await NextRunAsync(first);
            await DriveAsync(client, first.Id, second);
            Assert.Equal(
                ["kafka-0", "a+failed+c", "cancelled", "new", "sturdier", "limit 3", "told of kafka", "no such workflow", "raced false"],
                await first.GetResultAsync());
            return new[]
            {
                await client.GetWorkflowHandle(first.Id, first.FirstExecutionRunId).FetchHistoryAsync(),
                await client.GetWorkflowHandle(first.Id, second).FetchHistoryAsync(),
            };
        }).Within();
    }

    private static async Task DriveAsync(ITemporalClient client, string id, string runId)
    {
        WorkflowHandle<MixWorkflow> handle = client.GetWorkflowHandle<MixWorkflow>(id, runId);
        while (!(await handle.QueryAsync(workflow => workflow.Done)).Contains("sturdier"))
        {
            // The workflow is still on its way to where it waits for the signal.
        }

        await handle.SignalAsync(workflow => workflow.ApproveAsync());
        WorkflowUpdateFailedException rejected = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => handle.ExecuteUpdateAsync(workflow => workflow.SetLimitAsync(-1)));
        Assert.Equal("negative", rejected.InnerException?.Message);
        Assert.Equal(0, await handle.ExecuteUpdateAsync(workflow => workflow.SetLimitAsync(3)));
    }

    private static async Task<string> NextRunAsync(WorkflowHandle first)
    {
        WorkflowContinuedAsNewException next = await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(
            () => (first with { RunId = first.FirstExecutionRunId }).GetResultAsync(followRuns: false));
        return next.NewRunId;
    }

    private static class MixActivities
    {
        [Activity("echo")]
        public static string Echo(string text) => text;

        [Activity("fail")]
        public static string Fail(string text) => throw new ApplicationFailureException(text, "Blocked", nonRetryable: true);

        [Activity("slow")]
        public static async Task<string> SlowAsync()
        {
            await ActivityExecutionContext.Current.WorkerShutdownToken.CancelledWithin();
            return "never";
        }
    }
}
