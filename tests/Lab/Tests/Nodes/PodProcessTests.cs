using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Tests.Nodes;

[Collection(LabClusterCollection.Name)]
[Trait("Category", "Lab")]
public sealed class PodProcessTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));

    private LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Process_Killed_StartsAgainInTheSamePod()
    {
        JsonObject before = await PodAsync("kafka-0");

        Cluster.KillProcess("kafka-0");
        JsonObject after = await Cluster.WaitUntilAsync(
            ResourceType.Pods, "kafka-0", pod => Restarts(pod) == Restarts(before) + 1 && IsReady(pod), _limit.Token);

        Assert.Equal(before.Uid(), after.Uid());
        Assert.Equal("Error", (string?)after["status"]!["containerStatuses"]![0]!["lastState"]!["terminated"]!["reason"]);
        Assert.Empty(Cluster.Pods.Deletions);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
    }

    [LabFact]
    public async Task Pod_NamedByTheMaintenanceMode_ParksBeforeItsProcessUntilItIsNoLongerNamed()
    {
        JsonObject before = await PodAsync("kafka-1");
        await AnnotateAsync(ConfluentAnnotations.MaintenanceMode, "kafka-0, kafka-1");
        await Cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-1", null, _limit.Token);
        JsonObject parked = await Cluster.WaitUntilAsync(
            ResourceType.Pods, "kafka-1", pod => pod.Uid() != before.Uid() && WaitingReason(pod) == "PodInitializing", _limit.Token);
        await AnnotateAsync(ConfluentAnnotations.MaintenanceMode, null);
        JsonObject after = await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-1", IsReady, _limit.Token);

        Assert.Equal("Pending", (string?)parked["status"]!["phase"]);
        Assert.Equal((parked.Uid(), 0), (after.Uid(), Restarts(after)));
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
    }

    [LabFact]
    [Trait("Category", "Proof")]
    public async Task Process_KeptDown_ShowsACrashLoopThatTheOperatorDoesNotTouch()
    {
        Cluster.KeepProcessDown("kafka-1");
        await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-1", pod => WaitingReason(pod) == "CrashLoopBackOff" && !IsReady(pod),
            _limit.Token);
        JsonObject annotations = new() { [ConfluentAnnotations.ManualRoll] = $"{Guid.NewGuid():N}" };
        JsonObject patch = new() { ["spec"] = new JsonObject { ["podTemplate"] = new JsonObject { ["annotations"] = annotations } } };
        await Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, patch, null, _limit.Token);
        await Task.Delay(TimeSpan.FromSeconds(4), _limit.Token);
        Assert.Empty(Cluster.Pods.Deletions);

        Cluster.LetProcessStart("kafka-1");
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], Cluster.Pods.Deletions.Select(deletion => deletion.Name));
    }

    [LabFact]
    public async Task NodeAgent_StartedAgain_AdoptsProcessesAndEndsThatOfAPodDeletedMeanwhile()
    {
        JsonObject kept = await PodAsync("kafka-0");
        JsonObject deleted = await PodAsync("kafka-2");

        await Cluster.StopNodesAsync();
        await Cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, "kafka-2", null, _limit.Token);
        Cluster.StartNodes();
        JsonObject replaced = await Cluster.WaitUntilAsync(
            ResourceType.Pods, "kafka-2", pod => pod.Uid() != deleted.Uid() && IsReady(pod), _limit.Token);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);

        Assert.Equal(0, Restarts(replaced));
        JsonObject after = await PodAsync("kafka-0");
        Assert.Equal(kept.Uid(), after.Uid());
        Assert.Equal(Restarts(kept), Restarts(after));
        Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Kafka));
    }

    [LabFact]
    public async Task Logs_ThroughTheApiServer_AreThoseOfTheRunAskedFor()
    {
        string pod = $"/api/v1/namespaces/{LabCluster.Namespace}/pods/kafka-2/log";
        Cluster.KillProcess("kafka-2");
        await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-2", before => !IsReady(before), _limit.Token);

        // The resource shows RUNNING until the operator has looked at the pod again.
        await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-2", IsReady, _limit.Token);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);

        string current = await Cluster.Kubernetes.GetRawAsync(pod, _limit.Token);
        string previous = await Cluster.Kubernetes.GetRawAsync($"{pod}?previous=true", _limit.Token);
        string tail = await Cluster.Kubernetes.GetRawAsync($"{pod}?tailLines=3", _limit.Token);

        // The lines begin with the time at which the broker wrote them.
        Assert.NotEqual(StartOf(current), StartOf(previous));
        Assert.Equal(3, Lines(tail).Length);
    }

    [LabFact]
    public async Task OtherPods_OnTheLabsNodes_AreReadyWithoutAProcess()
    {
        JsonObject pod = new()
        {
            ["metadata"] = new JsonObject { ["name"] = "bystander" },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = "any:1" }) },
        };
        await Cluster.Kubernetes.CreateAsync(ResourceType.Pods, LabCluster.Namespace, pod, _limit.Token);
        JsonObject ready = await Cluster.WaitUntilAsync(ResourceType.Pods, "bystander", IsReady, _limit.Token);
        Assert.StartsWith("lab-node-", (string)ready["spec"]!["nodeName"]!, StringComparison.Ordinal);

        await Cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, "bystander", null, _limit.Token);
        while (await Cluster.Kubernetes.FindAsync(ResourceType.Pods, LabCluster.Namespace, "bystander", _limit.Token) is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _limit.Token);
        }
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? [])
            .Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");

    private static string StartOf(string log) =>
        Assert.Single(Lines(log), line => line.Contains("Kafka Server started", StringComparison.Ordinal));

    private static string[] Lines(string log) => log.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int Restarts(JsonObject pod) => (int)pod["status"]!["containerStatuses"]![0]!["restartCount"]!;

    // Null also for a pod that its node has not taken up yet.
    private static string? WaitingReason(JsonObject pod) =>
        (string?)pod["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"];

    private Task AnnotateAsync(string annotation, string? value)
    {
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = value } } };
        return Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, patch, null, _limit.Token);
    }

    private Task<JsonObject> PodAsync(string name) =>
        Cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, name, _limit.Token);
}
