using System.Diagnostics;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>Two rolls of one cluster at once, and what becomes of the second when the first is taken away.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class TwoRollsTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan FreeWithin = TimeSpan.FromSeconds(60);

    [LabFact]
    public async Task SecondRoll_WaitsForTheHolderAndRunsOnceThatIsTerminated()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Cluster.Pods.Reset();
        string guardId = await GuardAsync();
        string first = await bench.StartAsync("Brokers", "cooldown=20m");
        string second = await bench.StartAsync("Brokers");
        await bench.ApproveAsync(first, Limit);
        await bench.WaitForAsync(first, ChangeState.Running, Limit);
        await bench.ApproveAsync(second, Limit);

        ChangeStatus queued = await bench.WaitForAsync(second, status => Waits(status, ChangeId.Of(first)), "the queue", Limit);
        ProgramRun told = await bench.Sop.RunAsync("status", second);
        ProgramRun locks = await bench.Sop.RunAsync("locks");
        await WaitForStepAsync(bench, first, "cool-down-after-brokers");
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Deleted());

        long begun = Stopwatch.GetTimestamp();
        await bench.Client.GetWorkflowHandle(first).TerminateAsync("taken away by a test");
        ChangeStatus asked = await bench.WaitForAsync(
            second, status => status.State is not (ChangeState.Queued or ChangeState.Replanning), "the lock", Limit);
        TimeSpan took = Stopwatch.GetElapsedTime(begun);

        // The first has rolled the resource since: what was approved is not what would be done.
        Assert.True(asked.State == ChangeState.AwaitingApproval, $"{asked.State}: {asked.Sentence}\n{worker.Log}");
        Assert.Contains(asked.Refusals, refusal => refusal.Code == ReasonCodes.PlanChanged);
        Assert.True(took < FreeWithin, $"The lock was free after {took}.");
        Assert.Contains("Queued", told.Output, StringComparison.Ordinal);
        Assert.Contains(ChangeId.Of(first), told.Output, StringComparison.Ordinal);
        Assert.Contains(ChangeId.Of(first), locks.Output, StringComparison.Ordinal);
        Assert.Contains(ChangeId.Of(second), locks.Output, StringComparison.Ordinal);
        Assert.Contains(guardId, queued.Sentence, StringComparison.Ordinal);

        await bench.ApproveAsync(second, Limit);
        ChangeStatus status =
            await bench.WaitForAsync(second, each => each.Evidence is not null || each.State == ChangeState.Blocked, "the end", Limit);
        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0", "kafka-2", "kafka-1", "kafka-0"], Deleted());
        GuardStatus guard = await bench.Client.GetWorkflowHandle(guardId).QueryAsync<GuardStatus>(ChangeNames.StatusQuery, []);
        Assert.Equal(GuardCondition.Free, guard.Condition);
        await Recording.KeepAsync(await bench.Client.GetWorkflowHandle(guardId).FetchHistoryAsync(), LockNames.ClusterGuard, "two-rolls");
    }

    [LabFact]
    public async Task Roll_WhoseLockIsBroken_IsFencedAndTouchesNoBroker()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(new Dictionary<string, string>(Cluster.EnvironmentVariables)
        {
            ["ORCHESTRATOR__ROLES__platform-admin__0"] = "carol",
            ["ORCHESTRATOR__ROLES__platform-admin__1"] = "dana",
        });
        Cluster.Pods.Reset();
        string guardId = await GuardAsync();
        long generation = await GenerationAsync();
        string run = await bench.StartAsync("Both", "cooldown=20m");
        await bench.ApproveAsync(run, Limit);
        await WaitForStepAsync(bench, run, "cool-down-after-controllers");

        ProgramRun broken = await bench.Sop.RunAsync("locks", "break", guardId, "--as", "carol", "--reason", "the holder hangs", "--yes");
        ProgramRun confirmed = await bench.Sop.RunAsync(
            "locks", "confirm-break", guardId, "--as", "dana", "--reason", "seen it hang too", "--yes");
        ChangeStatus status = await bench.WaitForAsync(run, each => each.Evidence is not null, "the end", Limit);

        Assert.True(broken.ExitCode == 0, broken.Errors);
        Assert.True(confirmed.ExitCode == 0, confirmed.Errors);
        Assert.True(status.State == ChangeState.Fenced, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0"], Deleted());
        Assert.Equal(generation, await GenerationAsync());
        await Recording.KeepRunAsync(bench, run, "lock-broken");
    }

    private static bool Waits(ChangeStatus status, string holder) =>
        status.State == ChangeState.Queued && status.Sentence.Contains(holder, StringComparison.Ordinal);

    private static Task<ChangeStatus> WaitForStepAsync(RollBench bench, string run, string name) =>
        bench.WaitForAsync(run, status => status.Steps.Any(step => step.Name == name && step.State == StepState.Running), name, Limit);

    private IEnumerable<string> Deleted() => Cluster.Pods.Deletions.Select(deletion => deletion.Name);

    private async Task<string> GuardAsync() => GuardId.OfObject(
        (await Cluster.Kubernetes.GetAsync(ResourceType.Namespaces, null, "kube-system", CancellationToken.None)).Uid(),
        LabCluster.Namespace, LabCluster.Kafka);

    private async Task<long> GenerationAsync() =>
        (await Cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, CancellationToken.None))
            .Generation();
}
