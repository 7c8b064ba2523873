using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A guard that hands over to its next run again and again, on a real server that asks for it after few events.</summary>
[Trait("Category", "Lab")]
public sealed class GuardRunTests : IAsyncLifetime
{
    private const string Guard = "cluster/cluster-uid/confluent/kafka";
    private const string Queue = "guards";
    private const int HandOvers = 3;
    private const int Holders = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private LabServers? _servers;
    private ITemporalClient _client = null!;

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync(
            new Dictionary<string, string> { ["TEMPORAL_ARGS"] = "--dynamic-config-value limit.historyCount.suggestContinueAsNew=60" },
            "temporal");
        _client = await TemporalClient.ConnectAsync(new(_servers.TemporalAddress));
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    [LabFact]
    public async Task Guard_HandedOverWhileOthersWait_ServesThemInOrderAndGivesNoTokenTwice()
    {
        using TemporalWorker worker = new(_client,
            new TemporalWorkerOptions(Queue) { MaxCachedWorkflows = 0, MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100) }
            .AddWorkflow<ClusterGuardWorkflow>().AddWorkflow<HolderWorkflow>().AddAllActivities(new ScriptedWorld()));

        (List<long> tokens, int runs) = await worker.ExecuteAsync(PassOnAsync).WaitAsync(Limit);

        Assert.True(runs > HandOvers, $"{runs} runs, {tokens.Count} tokens.");
        Assert.Equal(Enumerable.Range(1, tokens.Count).Select(token => (long)token), tokens);
    }

    // One holds it and two wait, all the time; whoever holds it gives it on.
    private async Task<(List<long> Tokens, int Runs)> PassOnAsync()
    {
        WorkflowHandle<ClusterGuardWorkflow> guard = await _client.StartWorkflowAsync(
            (ClusterGuardWorkflow w) => w.RunAsync(DataConverter.Default.PayloadConverter.ToRawValue(new GuardInput(Guard))),
            new(Guard, Queue));
        List<LockHolder> queue = [await AskAsync(guard, 0), await AskAsync(guard, 1), await AskAsync(guard, 2)];
        List<long> tokens = [(await guard.QueryAsync(w => w.Status())).Epoch];
        HashSet<string> runs = [];
        for (int next = 3; next < Holders && runs.Count <= HandOvers; next++)
        {
            await guard.ExecuteUpdateAsync(w => w.ReleaseAsync(queue[0]));
            queue.RemoveAt(0);
            tokens.Add(await TokenOfAsync(queue[0]));
            queue.Add(await AskAsync(guard, next));
            GuardStatus status = await guard.QueryAsync(w => w.Status());
            Assert.Equal(queue[0], Assert.Single(status.Holders).Holder);
            Assert.Equal(queue[1..], status.Queue.Select(waiter => waiter.Request.Holder));
            Assert.Equal(tokens[^1], status.Epoch);
            runs.Add((await guard.DescribeAsync()).RunId);
        }

        return (tokens, runs.Count);
    }

    private async Task<LockHolder> AskAsync(WorkflowHandle<ClusterGuardWorkflow> guard, int number)
    {
        WorkflowHandle<HolderWorkflow> run =
            await _client.StartWorkflowAsync((HolderWorkflow w) => w.RunAsync(), new($"holder-{number}", Queue));
        LockHolder holder = new(run.Id, run.ResultRunId!, $"CHG-{number}", HolderWorkflow.Type, "unverified:alice");
        LockRequest request = new(
            holder, [new LockPlace(new ChangeTarget("lab", "confluent"), "cluster-uid")],
            LockMode.Exclusive, LockPriority.Normal, TimeSpan.FromMinutes(1));
        await guard.ExecuteUpdateAsync(w => w.AcquireAsync(request));
        return holder;
    }

    private async Task<long> TokenOfAsync(LockHolder holder)
    {
        WorkflowHandle<HolderWorkflow> run = _client.GetWorkflowHandle<HolderWorkflow>(holder.WorkflowId);
        while (true)
        {
            IReadOnlyList<long> tokens = await run.QueryAsync(w => w.Tokens());
            if (tokens.Count > 0)
            {
                return Assert.Single(tokens);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
