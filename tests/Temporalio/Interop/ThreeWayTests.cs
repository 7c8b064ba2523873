using Orchestrator.Lab.Servers;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Temporalio.Tests.Interop;

/// <summary>
/// The same programs live on a real server, with a cache and without one, and worked on once more from the history that they left: the
/// commands are the same, one by one.
/// </summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ThreeWayTests(RealServer server)
{
    private TemporalClient Client => new(server.Connection, new());

    [LabFact]
    public async Task Programs_CachedUncachedAndReplayed_MakeTheSameCommands()
    {
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> cached = await RunAsync(maxCachedWorkflows: 1000);
        IReadOnlyDictionary<string, (string End, WorkflowHistory History)> uncached = await RunAsync(maxCachedWorkflows: 0);

        Assert.Equal(InteropPrograms.AllNames.Order(), cached.Keys.Order());
        Assert.Equal(Ends(cached), Ends(uncached));
        foreach (string name in InteropPrograms.AllNames)
        {
            List<string> commands = [name, .. CommandText.Of(cached[name].History.Events)];
            List<string> ofOther = [name, .. CommandText.Of(uncached[name].History.Events)];
            Assert.Equal(commands, ofOther);
            IReadOnlyList<string> ofCached = await EvictedReplay.CommandsAsync(cached[name].History, InteropPrograms.WorkflowTypes);
            Assert.Equal(commands.Skip(1), ofCached);
            IReadOnlyList<string> ofUncached = await EvictedReplay.CommandsAsync(uncached[name].History, InteropPrograms.WorkflowTypes);
            Assert.Equal(commands.Skip(1), ofUncached);
            await InteropPrograms.Replayer().ReplayWorkflowAsync(cached[name].History).Within();
        }
    }

    private static Dictionary<string, string> Ends(IReadOnlyDictionary<string, (string End, WorkflowHistory History)> runs) =>
        runs.ToDictionary(run => run.Key, run => run.Value.End);

    private async Task<IReadOnlyDictionary<string, (string End, WorkflowHistory History)>> RunAsync(int maxCachedWorkflows)
    {
        string taskQueue = RealServer.NewId("queue");
        TemporalWorkerOptions options = InteropPrograms.WorkerOptions(taskQueue);
        options.MaxCachedWorkflows = maxCachedWorkflows;
        using TemporalWorker worker = new(Client, options);
        return await worker.ExecuteAsync(() => InteropPrograms.RunAllAsync(Client, taskQueue, InteropPrograms.AllNames));
    }
}
