using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Tests.Interop;
using Temporalio.Worker;

namespace Temporalio.Tests.Chaos;

/// <summary>
/// Random programs on a real server, poked, changed and asked while they run, with more runs than the cache holds: no task fails, and each
/// task worked on once more from its history makes the same commands. <c>CHAOS_PROGRAMS</c> sets how many there are.
/// </summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ChaosTests(RealServer server)
{
    private const int Steps = 8;

    private static readonly int Programs = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_PROGRAMS"), out int programs) ? programs : 8;

    [LabTheory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task Programs_OfAnySeed_MakeTheSameCommandsWhenReplayed(int maxCachedWorkflows)
    {
        TemporalClient client = new(server.Connection, new());
        string taskQueue = RealServer.NewId("queue");
        TemporalWorkerOptions options = new TemporalWorkerOptions(taskQueue) { MaxCachedWorkflows = maxCachedWorkflows }
            .AddActivity(ChaosWorkflow.Note).AddWorkflow<ChaosWorkflow>();
        using TemporalWorker worker = new(client, options);
        WorkflowHistory[] histories = await worker.ExecuteAsync(
            () => Task.WhenAll(Enumerable.Range(1, Programs).Select(seed => RunAsync(client, taskQueue, seed))));

        foreach (WorkflowHistory history in histories)
        {
            Assert.DoesNotContain(history.Events, IsOurFailure);
            IReadOnlyList<string> again = await EvictedReplay.CommandsAsync(history, [typeof(ChaosWorkflow)]);
            Assert.Equal(CommandText.Of(history.Events), again);
        }
    }

    // The server fails a task that would end the run when something has come in that the task did not see.
    private static bool IsOurFailure(HistoryEvent e) =>
        e.WorkflowTaskFailedEventAttributes is { Cause: not WorkflowTaskFailedCause.UnhandledCommand };

    private static async Task<WorkflowHistory> RunAsync(TemporalClient client, string taskQueue, int seed)
    {
        WorkflowHandle<ChaosWorkflow, string> handle = await client.StartWorkflowAsync(
            (ChaosWorkflow workflow) => workflow.RunAsync(seed, Steps), new(RealServer.NewId($"chaos-{seed}"), taskQueue));
        Task<string> result = handle.GetResultAsync();
        Random random = new(seed);
        for (int call = 0; !result.IsCompleted; call++)
        {
            await DisturbAsync(handle, random.Next(4), call);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 200)), TimeProvider.System);
        }

        await result.WaitAsync(Bounded.Limit * 2);
        return await handle.FetchHistoryAsync().Within();
    }

    // The workflow may end at any time.
    private static async Task DisturbAsync(WorkflowHandle<ChaosWorkflow, string> handle, int what, int call)
    {
        try
        {
            switch (what)
            {
                case 0:
                    await handle.SignalAsync(workflow => workflow.PokeAsync($"{call}"));
                    break;
                case 1:
                    await handle.ExecuteUpdateAsync(workflow => workflow.ChangeAsync(call));
                    break;
                case 2:
                    await handle.ExecuteUpdateAsync(workflow => workflow.ChangeAsync(-1));
                    break;
                default:
                    await handle.QueryAsync(workflow => workflow.Log);
                    break;
            }
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
        {
            // It has ended.
        }
        catch (WorkflowUpdateFailedException)
        {
            // It was refused, or the workflow ended before it.
        }
    }
}
