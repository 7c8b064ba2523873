using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>A critical alert that begins in the middle of a roll of a live cluster.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class AlertTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));

    private LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Roll_ACriticalAlertBeginsWithTheFirstPod_IsHeldUntilAPersonResumesAndTouchesNoPodTwice()
    {
        await using AlertingServer alerts = AlertingServer.Start();
        await using ProgramProcess worker = ProgramProcess.StartWorker(
            new Dictionary<string, string>(Cluster.EnvironmentVariables)
            {
                ["ORCHESTRATOR__CLUSTERS__lab__ALERTMANAGER__URL"] = alerts.Address,
            });
        RollBench bench = await RollBench.OpenAsync(Cluster);
        Cluster.Pods.Reset();
        string run = await bench.StartAsync("Brokers");
        await bench.ApproveAsync(run, Limit);
        await RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count > 0, "the first pod", Limit);

        alerts.Fire("KafkaOffline", LabCluster.Namespace);
        ChangeStatus stopped = await bench.WaitForAsync(run, status => status.State is not ChangeState.Running, "the standstill", Limit);

        Assert.True(stopped.State == ChangeState.Blocked, $"{stopped.State}: {stopped.Sentence}\n{worker.Log}");
        Assert.Equal(
            new ChangeFailure(
                "supervise-brokers-roll",
                ReasonCodes.CriticalAlert,
                "1 critical alert started during the change: KafkaOffline of confluent, since 2026-11-21 12:00:00Z. The operator is held."),
            stopped.Failure);
        Assert.Equal("true", await HoldAsync());

        // The operator may have begun with the next pod before it was held, and not with the last.
        Assert.DoesNotContain("kafka-0", Cluster.Pods.Deletions.Select(deletion => deletion.Name));

        ProgramRun resume = await bench.Sop.RunAsync("resume", run, "--as", "alice", "--reason", "a test alert");
        Assert.True(resume.ExitCode == 0, resume.Errors);
        ChangeStatus status = await bench.WaitForAsync(run, status => status.Evidence is not null, "the end", Limit);

        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Null(await HoldAsync());
    }

    private async Task<string?> HoldAsync() =>
        (string?)(await Cluster.Kubernetes.GetAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, _limit.Token))
            ["metadata"]!["annotations"]?[ConfluentAnnotations.BlockReconcile];
}
