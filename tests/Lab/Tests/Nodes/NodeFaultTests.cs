using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Tests.Load;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Tests.Nodes;

[Collection(LabClusterCollection.Name)]
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class NodeFaultTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(4));

    private LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Process_Frozen_FailsItsLivenessProbeAndStartsAgain()
    {
        JsonObject before = await PodAsync("kafka-1");

        Cluster.FreezeProcess("kafka-1");
        JsonObject after = await Cluster.WaitUntilAsync(
            ResourceType.Pods, "kafka-1", pod => Restarts(pod) == Restarts(before) + 1 && IsReady(pod), _limit.Token);

        Assert.Equal(before.Uid(), after.Uid());
        Assert.Empty(Cluster.Pods.Deletions);
    }

    [LabFact]
    public async Task Node_CutOff_IsCountedAsLostAndComesBackWithItsPods()
    {
        string node = await Cluster.NodeOfAsync("kafka-2", _limit.Token);
        JsonObject before = await PodAsync("kafka-2");

        Cluster.CutOffNode(node);
        await WaitForNodeAsync(node, "Unknown");
        JsonObject lost = await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-2", pod => !IsReady(pod), _limit.Token);
        Assert.Equal(before.Uid(), lost.Uid());

        await Cluster.ReconnectNodesAsync(_limit.Token);
        await WaitForNodeAsync(node, "True");
        JsonObject back = await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-2", IsReady, _limit.Token);
        Assert.Equal(before.Uid(), back.Uid());
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
    }

    [LabFact]
    public async Task Node_Drained_GivesItsBrokerAnotherNodeWithItsDataAsFarAsTheBudgetAllows()
    {
        string topic = await TopicAsync("drained");
        await using AcknowledgedRecords records = AcknowledgedRecords.Start(Cluster.BootstrapServers, topic);
        Cluster.KeepProcessDown("kafka-0");
        await Cluster.WaitUntilAsync(ResourceType.Pods, "kafka-0", pod => !IsReady(pod), _limit.Token);
        EvictionResult refused = await WhileTheBudgetIsUsedUpAsync("kafka-1");
        Assert.Equal(EvictionOutcome.Refused, refused.Outcome);
        Cluster.LetProcessStart("kafka-0");
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);

        string node = await Cluster.NodeOfAsync("kafka-1", _limit.Token);
        string said = await Cluster.DrainNodeAsync(node, TimeSpan.FromMinutes(2), _limit.Token);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);

        Assert.Contains("pod/kafka-1 evicted", said, StringComparison.Ordinal);
        Assert.NotEqual(node, await Cluster.NodeOfAsync("kafka-1", _limit.Token));
        Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Kafka));
        IReadOnlySet<int> acknowledged = await records.StopAsync();
        Assert.Empty(acknowledged.Except(records.ReadBack()));
    }

    [LabFact]
    public async Task Node_ThatLosesItsDisk_GetsTheDataOfItsBrokersFromTheOthers()
    {
        string topic = await TopicAsync("lost");
        await using AcknowledgedRecords records = AcknowledgedRecords.Start(Cluster.BootstrapServers, topic);
        JsonObject before = await PodAsync("kafka-2");

        await Cluster.LoseDiskAsync(await Cluster.NodeOfAsync("kafka-2", _limit.Token), _limit.Token);
        await Cluster.WaitUntilAsync(
            ResourceType.Pods, "kafka-2", pod => pod.Uid() == before.Uid() && Restarts(pod) == Restarts(before) + 1 && IsReady(pod),
            _limit.Token);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
        IReadOnlySet<int> acknowledged = await records.StopAsync();

        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(records.ReadBack()));
    }

    private static bool IsReady(JsonObject pod) => Condition(pod, "Ready") == "True";

    private static string? Condition(JsonObject obj, string type) => (obj["status"]?["conditions"] as JsonArray ?? [])
        .Where(condition => (string?)condition!["type"] == type)
        .Select(condition => (string?)condition!["status"])
        .FirstOrDefault();

    private static int Restarts(JsonObject pod) => (int)pod["status"]!["containerStatuses"]![0]!["restartCount"]!;

    private async Task<string> TopicAsync(string prefix)
    {
        string topic = $"{prefix}-{Guid.NewGuid():N}";
        await Cluster.CreateTopicAsync(topic, partitions: 3, replicationFactor: 3, minInSyncReplicas: 2);
        return topic;
    }

    // The controller of the budgets counts a moment after the pod has changed.
    private async Task<EvictionResult> WhileTheBudgetIsUsedUpAsync(string pod)
    {
        while (true)
        {
            JsonObject budget =
                await Cluster.Kubernetes.GetAsync(ResourceType.PodDisruptionBudgets, LabCluster.Namespace, LabCluster.Kafka, _limit.Token);
            if ((int?)budget["status"]?["disruptionsAllowed"] == 0)
            {
                return await Cluster.Kubernetes.EvictAsync(LabCluster.Namespace, pod, null, _limit.Token);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _limit.Token);
        }
    }

    private async Task WaitForNodeAsync(string node, string ready)
    {
        while (Condition(await Cluster.Kubernetes.GetAsync(ResourceType.Nodes, null, node, _limit.Token), "Ready") != ready)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), _limit.Token);
        }
    }

    private Task<JsonObject> PodAsync(string name) =>
        Cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, name, _limit.Token);
}
