using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>A roll whose worker is told to stop while pods restart, as a rollout of the worker itself does.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class StoppedWorkerTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // What Kubernetes gives a pod before it kills it.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    [LabFact]
    public async Task Roll_WorkerToldToStopAsPodsRestart_EndsInItsGracePeriodAndTheNextGoesOn()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using RollEffects effects = await RollEffects.WatchAsync(Cluster);
        string run;
        await using (ProgramProcess first = ProgramProcess.StartWorker(Cluster.EnvironmentVariables))
        {
            run = await bench.StartAsync("Both");
            await bench.ApproveAsync(run, Limit);
            await RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count > 0, "the first restart", Limit);
            await first.SignalAsync("TERM");
            ProgramRun ended = await first.EndAsync(GracePeriod);
            Assert.True(ended.ExitCode == 0, $"{ended.ExitCode}: {ended.Output}{ended.Errors}");
        }

        await using ProgramProcess second = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        await bench.WaitForAsync(run, status => status.Evidence is not null || status.State is ChangeState.Blocked, "the end", Limit);
        await effects.AssertUndisturbedAsync(bench, run, second.Log);
    }
}
