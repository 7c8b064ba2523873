using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Temporalio.Tests.Workflows;

/// <summary>Workflows on a real server: with a cache, without one, and replayed from the history that they left.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkflowWorkerTests(RealServer server)
{
    private readonly string _taskQueue = RealServer.NewId("queue");

    private ITemporalClient Client => new TemporalClient(server.Connection, new());

    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Roll_OneOfEachCall_DoesThemInOrderAndReplays(int cached)
    {
        TemporalWorkerOptions options = new TemporalWorkerOptions(_taskQueue) { MaxCachedWorkflows = cached }
            .AddActivity(RollWorkflow.Restart).AddWorkflow<RollWorkflow>().AddWorkflow<NotifyWorkflow>();
        using TemporalWorker worker = new(Client, options);
        WorkflowHistory history = await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<RollWorkflow, string> handle = await Client.StartWorkflowAsync(
                (RollWorkflow workflow) => workflow.RunAsync("kafka"), new(RealServer.NewId("roll"), _taskQueue));
            await handle.SignalAsync(workflow => workflow.ApproveAsync());
            WorkflowUpdateFailedException rejected = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => handle.ExecuteUpdateAsync(workflow => workflow.SetLimitAsync(-1)));
            Assert.Equal("a limit of -1 is negative", rejected.InnerException?.Message);
            Assert.Equal(0, await handle.ExecuteUpdateAsync(workflow => workflow.SetLimitAsync(3)));
            Assert.Equal("restarted kafka-0, waited, approved, limit 3, told of kafka", await handle.GetResultAsync());
            Assert.Equal(
                ["restarted kafka-0", "waited", "approved", "limit 3", "told of kafka"],
                await handle.QueryAsync(workflow => workflow.Done));
            return await handle.FetchHistoryAsync();
        }).Within();

        Assert.Single(history.Events, e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<RollWorkflow>());
        await replayer.ReplayWorkflowAsync(history).Within();
        await replayer.ReplayWorkflowAsync(WorkflowHistory.FromJson(history.Id, history.ToJson())).Within();
    }
}
