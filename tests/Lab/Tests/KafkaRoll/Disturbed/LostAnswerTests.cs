using System.Net;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>
/// The write that cannot be undone is carried out and its answer is lost; then the way to the cluster stays dead while the operator rolls.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class LostAnswerTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    [LabFact]
    public async Task Roll_TheTriggersAnswerIsLost_SaysSoKeepsItsLockAndSupervisesWhatItBegan()
    {
        await using SwallowingProxy proxy = await SwallowingProxy.StartAsync(Cluster);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(
            new Dictionary<string, string>(Cluster.EnvironmentVariables) { ["KUBECONFIG"] = proxy.Kubeconfig });
        await using RollEffects effects = await RollEffects.WatchAsync(Cluster);
        string run = await bench.StartAsync("Both", "limits.stall-after=20s");
        proxy.SwallowAnswerTo(IsTrigger);
        await bench.ApproveAsync(run, Limit);

        await RollBench.WaitUntilAsync(() => proxy.Swallowed.IsCompleted, "the trigger", TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, await proxy.Swallowed);
        ChangeStatus away = await bench.WaitForAsync(run, ChangeState.Blocked, Limit);
        await RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count == 3, "all controllers restarted unwatched", Limit);
        proxy.Mend();
        await bench.WaitForAsync(run, status => status.Evidence is not null, "the end", Limit);

        Assert.Contains("Controls: abort.", away.Sentence, StringComparison.Ordinal);
        Assert.Equal(StepState.Running, Assert.Single(away.Steps, step => step.Name == "trigger-controllers-roll").State);
        await effects.AssertUndisturbedAsync(bench, run, $"{away.Sentence}\n{worker.Log}");
    }

    private static bool IsTrigger(HttpRequest request) =>
        HttpMethods.IsPatch(request.Method)
        && request.Path.Value!.EndsWith("/kraftcontrollers/kraftcontroller", StringComparison.Ordinal)
        && !request.Query.ContainsKey("dryRun");
}
