using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>A guard that hands over to its next run again and again, on a server that asks for it after few events.</summary>
public abstract class GuardRunTests(RunServer server) : RunTests(server)
{
    private const int AskedAtEvents = 60;
    private const string Guard = "cluster/cluster-uid/confluent/kafka";
    private const string Queue = "guards";
    private const int HandOvers = 3;
    private const int Holders = 40;

    [RunFact]
    public async Task Guard_HandedOverWhileOthersWait_ServesThemInOrderAndGivesNoTokenTwice()
    {
        using TemporalWorker worker = new(
            Server.Client,
            Server.WorkerOptions(Queue)
                .AddWorkflow<ClusterGuardWorkflow>().AddWorkflow<HolderWorkflow>().AddAllActivities(new ScriptedWorld(Server)));

        (List<long> tokens, int runs) = await worker.ExecuteAsync(PassOnAsync);

        Assert.True(runs > HandOvers, $"{runs} runs, {tokens.Count} tokens.");
        Assert.Equal(Enumerable.Range(1, tokens.Count).Select(token => (long)token), tokens);
    }

    // One holds it and two wait, all the time; whoever holds it gives it on.
    private async Task<(List<long> Tokens, int Runs)> PassOnAsync()
    {
        WorkflowHandle<ClusterGuardWorkflow> guard = await Server.Client.StartWorkflowAsync(
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
            await Server.Client.StartWorkflowAsync((HolderWorkflow w) => w.RunAsync(), new($"holder-{number}", Queue));
        LockHolder holder = new(run.Id, run.ResultRunId!, $"CHG-{number}", HolderWorkflow.Type, "unverified:alice");
        LockRequest request = new(
            holder, [new LockPlace(new ChangeTarget("lab", "confluent"), "cluster-uid")],
            LockMode.Exclusive, LockPriority.Normal, TimeSpan.FromMinutes(1));
        await guard.ExecuteUpdateAsync(w => w.AcquireAsync(request));
        return holder;
    }

    private async Task<long> TokenOfAsync(LockHolder holder)
    {
        WorkflowHandle<HolderWorkflow> run = Server.Client.GetWorkflowHandle<HolderWorkflow>(holder.WorkflowId);
        IReadOnlyList<long> tokens = [];
        await Server.UntilAsync(async () => (tokens = await run.QueryAsync(w => w.Tokens())).Count > 0);
        return Assert.Single(tokens);
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : GuardRunTests(new BoxTemporal(caches: false) { ContinueAsNewAt = AskedAtEvents });

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : GuardRunTests(new BoxTemporal(caches: true) { ContinueAsNewAt = AskedAtEvents });

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    public sealed class OnAServer(OnAServer.AskingEarly server) : GuardRunTests(server), IClassFixture<OnAServer.AskingEarly>
    {
        /// <summary>One that asks after few events.</summary>
        public sealed class AskingEarly() : LabTemporal($"--dynamic-config-value limit.historyCount.suggestContinueAsNew={AskedAtEvents}");
    }
}
