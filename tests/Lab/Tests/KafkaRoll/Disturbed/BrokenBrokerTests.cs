using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>
/// A roll whose first broker does not come back, because somebody changed the resource as the roll began. The operator is away until the
/// change is in the resource, so that it rolls to the change from the first pod on.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class BrokenBrokerTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private const string GoodImage = "confluentinc/cp-server:4.2.0";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(10));

    private LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Roll_ImageThatCannotBePulled_StopsAtThatPodAndGoesOnOnceItIsRepairedAndResumed()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        JsonObject before = await SpecAsync();
        try
        {
            string run =
                await RollIntoAsync(bench, new() { ["image"] = new JsonObject { ["application"] = "confluentinc/cp-server:4.2.9" } });
            ChangeStatus stopped = await StoppedAsync(bench, run, worker);
            Assert.Contains("Pod kafka-2 has not started: ImagePullBackOff", stopped.Failure!.Sentence, StringComparison.Ordinal);

            // The person repairs the cause, lets it go on, and takes away the pod that the bad image left.
            await PatchSpecAsync(new() { ["image"] = new JsonObject { ["application"] = GoodImage } });
            await ResumeAsync(bench, run);
            await DeleteStuckPodAsync();
            ChangeStatus status = await EndAsync(bench, run);

            Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
            Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], PodsInOrder());
            Assert.Single(Cluster.Pods.Deletions, deletion => deletion.Name == "kafka-1");
            Assert.Single(Cluster.Pods.Deletions, deletion => deletion.Name == "kafka-0");
            Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Kafka));
            Assert.Null(await HoldAsync());
            await Recording.KeepRunAsync(bench, run, "broken-image-resumed");
        }
        finally
        {
            await RestoreAsync(before);
        }
    }

    [LabFact]
    public async Task Roll_CorruptConfiguration_StopsAtThatPodAndIsAbortedWithTheOperatorHeld()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        JsonObject before = await SpecAsync();
        try
        {
            JsonArray lines = before["configOverrides"]!["server"]!.DeepClone().AsArray();
            lines.Add("log.segment.bytes=as-many-as-it-takes");
            string run = await RollIntoAsync(bench, new() { ["configOverrides"] = new JsonObject { ["server"] = lines } });
            ChangeStatus stopped = await StoppedAsync(bench, run, worker);
            Assert.Contains("Pod kafka-2 has not started: CrashLoopBackOff", stopped.Failure!.Sentence, StringComparison.Ordinal);

            ProgramRun abort = await bench.Sop.RunAsync("abort", run, "--as", "alice", "--yes");
            Assert.True(abort.ExitCode == 0, abort.Errors);
            ChangeStatus status = await EndAsync(bench, run);

            Assert.Equal(ChangeState.LeftAsIs, status.State);
            Assert.Contains("The operator stays held: kafka-0, kafka-1 are not restarted yet", status.Sentence, StringComparison.Ordinal);
            Assert.Contains("platform.confluent.io/block-reconcile-", status.Sentence, StringComparison.Ordinal);
            Assert.Equal("true", await HoldAsync());
            Assert.Equal(["kafka-2"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
            Assert.True(File.Exists(Path.Combine(status.Evidence!.Location, "manifest.json")), status.Evidence.Location);
            await Recording.KeepRunAsync(bench, run, "corrupt-configuration-aborted");
        }
        finally
        {
            await RestoreAsync(before);
        }
    }

    private static Task<ChangeStatus> EndAsync(RollBench bench, string run) =>
        bench.WaitForAsync(run, status => status.Evidence is not null || status.State == ChangeState.Blocked, "the end", Limit);

    private static async Task ResumeAsync(RollBench bench, string run)
    {
        ProgramRun resume = await bench.Sop.RunAsync("resume", run, "--as", "alice");
        Assert.True(resume.ExitCode == 0, resume.Errors);
        await bench.WaitForAsync(run, ChangeState.Running, Limit);
    }

    // Each pod once, in the order in which it went first.
    private IEnumerable<string> PodsInOrder() => Cluster.Pods.Deletions.Select(deletion => deletion.Name).Distinct();

    private async Task<string> RollIntoAsync(RollBench bench, JsonObject spec)
    {
        Cluster.Pods.Reset();
        string run = await bench.StartAsync("Brokers", "limits.stall-after=30s");
        await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);
        await Cluster.StopOperatorAsync();
        await bench.ApproveAsync(run, Limit);
        await bench.WaitForAsync(run, status => status.Steps.Any(step => step is { Name: "trigger-brokers-roll", State: StepState.Done }),
            "the trigger", Limit);
        await PatchSpecAsync(spec);
        Cluster.StartOperator();
        return run;
    }

    private async Task<ChangeStatus> StoppedAsync(RollBench bench, string run, ProgramProcess worker)
    {
        ChangeStatus status = await bench.WaitForAsync(
            run, status => status.State is not ChangeState.Running, "the standstill", Limit);
        Assert.True(status.State == ChangeState.Blocked, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(RollCodes.RollStalled, status.Failure!.Code);
        Assert.Contains("The operator is held.", status.Failure.Sentence, StringComparison.Ordinal);
        Assert.Equal("true", await HoldAsync());
        Assert.Equal(["kafka-2"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
        ProgramRun watch = await bench.Sop.RunAsync("status", run);
        Assert.Contains("kafka-2", watch.Output, StringComparison.Ordinal);
        return status;
    }

    private async Task DeleteStuckPodAsync()
    {
        // The operator has taken up the repair once the revision to roll to is another.
        string? stuck = (await Cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-2", _limit.Token))
            .Label("controller-revision-hash");
        await Cluster.WaitUntilAsync(
            ResourceType.StatefulSets, LabCluster.Kafka, set => (string?)set["status"]!["updateRevision"] != stuck, _limit.Token);
        await Cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-2", null, _limit.Token);
    }

    private async Task<JsonObject> KafkaAsync() =>
        await Cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, _limit.Token);

    private async Task<JsonObject> SpecAsync() => (await KafkaAsync())["spec"]!.AsObject();

    private async Task<string?> HoldAsync() =>
        (string?)(await KafkaAsync())["metadata"]!["annotations"]?[ConfluentAnnotations.BlockReconcile];

    private Task PatchSpecAsync(JsonObject spec) => Cluster.Kubernetes.MergePatchAsync(
        ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, new() { ["spec"] = spec }, null, _limit.Token);

    // What a person does who gives the cluster back: the old fields, no hold, and no pod that hangs.
    private async Task RestoreAsync(JsonObject before)
    {
        await PatchSpecAsync(
            new() { ["image"] = before["image"]!.DeepClone(), ["configOverrides"] = before["configOverrides"]!.DeepClone() });
        JsonObject annotations = new() { [ConfluentAnnotations.BlockReconcile] = null };
        await Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas,
            LabCluster.Namespace,
            LabCluster.Kafka,
            new() { ["metadata"] = new JsonObject { ["annotations"] = annotations } },
            null,
            _limit.Token);
        while ((string?)(await KafkaAsync())["status"]?["phase"] != "RUNNING")
        {
            JsonObject? pod = await Cluster.Kubernetes.FindAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-2", _limit.Token);
            if ((string?)pod?["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"]
                is "ImagePullBackOff" or "CrashLoopBackOff")
            {
                await Cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-2", null, _limit.Token);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), _limit.Token);
        }

        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
    }
}
