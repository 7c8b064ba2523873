using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>Runs workflows on a real server with a worker of their own, and replays what they left.</summary>
internal sealed class LiveWorkflows(RealServer server, int maxCachedWorkflows = 100)
{
    public string TaskQueue { get; } = RealServer.NewId("queue");

    public ITemporalClient Client { get; } = new TemporalClient(server.Connection, new());

    /// <summary>Options of a worker for these workflows.</summary>
    public TemporalWorkerOptions Options(params Type[] workflows)
    {
        TemporalWorkerOptions options = new(TaskQueue) { MaxCachedWorkflows = maxCachedWorkflows };
        foreach (Type workflow in workflows)
        {
            options.AddWorkflow(workflow);
        }

        return options;
    }

    /// <summary>Starts a workflow by name.</summary>
    public Task<WorkflowHandle> StartAsync(string workflow, params object?[] args) =>
        Client.StartWorkflowAsync(workflow, args, new(RealServer.NewId("wf"), TaskQueue));

    /// <summary>Runs a worker while something is done, and replays the histories of the workflows that it returns.</summary>
    public async Task RunAsync(TemporalWorkerOptions options, Func<Task<WorkflowHandle[]>> act)
    {
        using TemporalWorker worker = new(Client, options);
        List<WorkflowHistory> histories = [];
        await worker.ExecuteAsync(async () =>
        {
            foreach (WorkflowHandle handle in await act())
            {
                histories.Add(await handle.FetchHistoryAsync());
            }
        }).Within();
        await ReplayAsync(options.Workflows, histories);
    }

    /// <summary>Starts one workflow, waits for its result, and replays its history.</summary>
    public async Task<TResult> ResultAsync<TResult>(TemporalWorkerOptions options, string workflow, params object?[] args)
    {
        TResult result = default!;
        await RunAsync(options, async () =>
        {
            WorkflowHandle handle = await StartAsync(workflow, args);
            result = await handle.GetResultAsync<TResult>();
            return [handle];
        });
        return result;
    }

    private static async Task ReplayAsync(IEnumerable<WorkflowDefinition> workflows, IEnumerable<WorkflowHistory> histories)
    {
        WorkflowReplayerOptions options = new();
        foreach (WorkflowDefinition workflow in workflows)
        {
            options.AddWorkflow(workflow);
        }

        foreach (WorkflowReplayResult result in await new WorkflowReplayer(options).ReplayWorkflowsAsync(histories).Within())
        {
            Assert.Null(result.ReplayFailure);
        }
    }
}
