using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Lab.Tests.KafkaRoll;
using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>Somebody else's worker, on a queue of its own and on ours.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class RogueWorkerTests(LabClusterFixture fixture) : IAsyncLifetime
{
    private const string RogueQueue = "rogue";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private LabCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync()
    {
        await Cluster.ResetAsync(CancellationToken.None);
        Cluster.Pods.Reset();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [LabFact]
    public async Task RunOfOurTypeOnAnotherQueue_ThatCallsOurActivities_ChangesNothing()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        AttackedCluster attacked = await AttackedCluster.OpenAsync(Cluster);
        using TemporalWorker rogue = new(bench.Client, new TemporalWorkerOptions(RogueQueue).AddWorkflow<RogueRollWorkflow>());

        IReadOnlyList<string> answers = await rogue.ExecuteAsync(() => RunAsync(
            bench.Client, RogueQueue, [.. attacked.Calls([new(attacked.Guard, 1)], warrants: true), .. attacked.OfTheFrame()]));

        Assert.All(answers, answer => Assert.StartsWith($"{ReasonCodes.ActNotAllowed}: ", answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Contains($"began on the task queue {RogueQueue}", answer, StringComparison.Ordinal));
        await attacked.AssertUntouchedAsync();
        await worker.SaysAsync("Refused activity PatchObject", Limit);
    }

    [LabFact]
    public async Task RogueCodeOnOurQueue_WithoutVotes_ChangesNothing()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        AttackedCluster attacked = await AttackedCluster.OpenAsync(Cluster);
        await using OwnWorker worker = OwnWorker.Start(Cluster, bench.Client, typeof(RogueRollWorkflow));
        Fence[] fences = [new(attacked.Guard, 1)];

        IReadOnlyList<string> bare = await RunAsync(
            bench.Client, ChangeNames.TaskQueue, [.. attacked.Calls([], warrants: false), .. attacked.OfTheFrame()]);
        IReadOnlyList<string> lockless = await RunAsync(bench.Client, ChangeNames.TaskQueue, attacked.Calls([], warrants: true));
        IReadOnlyList<string> unvoted = await RunAsync(bench.Client, ChangeNames.TaskQueue, attacked.Calls(fences, warrants: true));

        Assert.All(
            [.. bare, .. lockless, .. unvoted],
            answer => Assert.StartsWith($"{ReasonCodes.ActNotAllowed}: ", answer, StringComparison.Ordinal));
        Assert.All(lockless, answer => Assert.Contains("holds no lock", answer, StringComparison.Ordinal));
        Assert.All(
            unvoted,
            answer => Assert.Contains("was never put to a vote; 1 × peer must approve it", answer, StringComparison.Ordinal));
        await attacked.AssertUntouchedAsync();
        using EvidenceStore store = EvidenceStore.InFile(Path.Combine(worker.Evidence, "evidence.db"));
        ChainKey chain = Assert.Single(
            await store.ListChainsAsync(CancellationToken.None), chain => chain.ChainId == "refused-acts");
        Assert.Equal(
            bare.Count + lockless.Count + unvoted.Count, (await store.ReadChainAsync(chain, CancellationToken.None)).Count);
    }

    [LabFact]
    public async Task RogueCodeOnOurQueue_WhereNobodyMustVote_ChangesNothingWithoutTheLock()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        AttackedCluster attacked = await AttackedCluster.OpenAsync(Cluster);
        await using OwnWorker worker = OwnWorker.Start(Cluster, bench.Client, typeof(RogueRollWorkflow), ("Tiers:T2:Approvals:peer", "0"));
        Fence[] fences = [new(attacked.Guard, 1_000_000)];

        IReadOnlyList<string> fenced = await RunAsync(bench.Client, ChangeNames.TaskQueue, attacked.Calls(fences, warrants: true));
        string other = Assert.Single(await RunAsync(bench.Client, ChangeNames.TaskQueue, [attacked.OtherThanItsItem(fences)]));

        // The object in another namespace is none of the plan's cluster lock alone: the token decides.
        Assert.All(fenced, answer => Assert.StartsWith($"{ReasonCodes.Fenced}: ", answer, StringComparison.Ordinal));
        Assert.StartsWith($"{ReasonCodes.ActNotAllowed}: ", other, StringComparison.Ordinal);
        await attacked.AssertUntouchedAsync();
    }

    [LabFact]
    public async Task Approval_ThatSaysGrantedWithoutVotes_EndsTheRun()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        AttackedCluster attacked = await AttackedCluster.OpenAsync(Cluster);
        await using OwnWorker worker = OwnWorker.Start(Cluster, bench.Client, typeof(RogueApprovalWorkflow));
        string id = $"roll-kafka-cluster/lab/confluent/rogue-{Guid.NewGuid():N}";

        RollKafkaClusterInput input = new() { Target = AttackedCluster.Target, Change = AttackedCluster.Change };
        WorkflowHandle run = await bench.Client.StartWorkflowAsync(RollKafkaClusterWorkflow.Type, [input], new(id, ChangeNames.TaskQueue));
        RollKafkaClusterResult result = await run.GetResultAsync<RollKafkaClusterResult>().WaitAsync(Limit);

        Assert.Equal(ChangeState.Refused, result.Change.State);
        Assert.Equal(ReasonCodes.ApprovalUnproven, result.Change.Status.Failure!.Code);
        await attacked.AssertUntouchedAsync();
    }

    private static async Task<IReadOnlyList<string>> RunAsync(ITemporalClient client, string queue, IReadOnlyList<RogueCall> calls)
    {
        string id = $"roll-kafka-cluster/lab/confluent/rogue-{Guid.NewGuid():N}";
        WorkflowHandle run = await client.StartWorkflowAsync(
            RollKafkaClusterWorkflow.Type, [new RogueInput(AttackedCluster.Target, AttackedCluster.Change, calls)], new(id, queue));
        return await run.GetResultAsync<IReadOnlyList<string>>().WaitAsync(Limit);
    }
}
