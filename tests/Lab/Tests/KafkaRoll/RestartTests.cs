using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>The restart of one broker of a live cluster, from the command line to the broker.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class RestartTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    [LabFact]
    public async Task Restart_OfOneBroker_ReplacesItsPodOnceAndLeavesItsEvidence()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        string requestId = Guid.NewGuid().ToString("N");
        ChangeTarget target = new("lab", "confluent");
        string run = ChangeId.WorkflowId(
            "restart-kafka-broker", target, ChangeId.Create("restart-kafka-broker", target, requestId, TimeProvider.System.GetUtcNow()));

        ProgramRun started = await bench.Sop.RunAsync(
            "start", "restart-kafka-broker", "--target", "lab/confluent", "name=kafka", "broker=1", "limits.poll-every=1s",
            "limits.steady-every=2s",
            "--reason", "its disk was replaced", "--as", "alice", "--request-id", requestId, "--detach");
        Assert.True(started.ExitCode == 0, $"{started.Output}{started.Errors}\n{worker.Log}");
        await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);
        Assert.Empty(Cluster.Pods.Deletions);
        await bench.Sop.ApproveAsync(run, "--as", "bob", "--comment", "quiet hour");
        ChangeStatus status = await bench.WaitForAsync(
            run, status => status.Evidence is not null || status.State is ChangeState.Blocked, "the end", Limit);

        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(["kafka-1"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Equal(["remove-pod", "supervise-restart", "elect-preferred-leaders", "try-canary"], status.Steps.Select(step => step.Name));
        Assert.All(status.Steps, step => Assert.Equal(StepState.Done, step.State));
        Assert.True(File.Exists(Path.Combine(status.Evidence!.Location, "after", "canary.json")));
        await Recording.KeepRunAsync(bench, run, "one-broker");
    }
}
