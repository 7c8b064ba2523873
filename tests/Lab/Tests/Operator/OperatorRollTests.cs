using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Tests.Operator;

[Collection(LabClusterCollection.Name)]
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class OperatorRollTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(4));

    private LabCluster Cluster => fixture.Cluster;

    public Task InitializeAsync() => Cluster.ResetAsync(_limit.Token);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task ManualRoll_OfBrokers_ReplacesEachOnceFromTheHighestAndNeverTwoAtATime()
    {
        string topic = $"rolled-{Guid.NewGuid():N}";
        await Cluster.CreateTopicAsync(topic, partitions: 6, replicationFactor: 3, minInSyncReplicas: 2);

        await RollAsync(ConfluentResources.Kafkas, LabCluster.Kafka);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);

        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], DeletedPods());
        Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Kafka));
    }

    [LabFact]
    public async Task ManualRoll_OfControllersWithTheOperatorStoppedHalfWay_ReplacesEachOnce()
    {
        await RollAsync(ConfluentResources.KRaftControllers, LabCluster.Controllers);
        await WaitForDeletionsAsync(1);
        await Cluster.StopOperatorAsync();
        await Cluster.WaitUntilAsync(ResourceType.StatefulSets, LabCluster.Controllers, IsFirstReplaced, _limit.Token);
        Assert.Equal(["kraftcontroller-2"], DeletedPods());

        Cluster.StartOperator();
        await Cluster.WaitUntilRunningAsync(ConfluentResources.KRaftControllers, LabCluster.Controllers, _limit.Token);

        Assert.Equal(["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0"], DeletedPods());
        Assert.Equal(1, Cluster.Pods.MostUnavailable(LabCluster.Controllers));
    }

    [LabFact]
    public async Task BlockReconcile_DuringARoll_HoldsAtTheCurrentPodUntilItIsRemoved()
    {
        await RollAsync(ConfluentResources.Kafkas, LabCluster.Kafka);
        await WaitForDeletionsAsync(1);
        await AnnotateAsync(ConfluentAnnotations.BlockReconcile, "true");
        await Cluster.WaitUntilAsync(ResourceType.StatefulSets, LabCluster.Kafka, IsFirstReplaced, _limit.Token);

        // Without the annotation the next pod goes within two seconds.
        await Task.Delay(TimeSpan.FromSeconds(6), _limit.Token);
        Assert.Equal(["kafka-2"], DeletedPods());

        await AnnotateAsync(ConfluentAnnotations.BlockReconcile, null);
        await Cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], DeletedPods());
    }

    private static bool IsFirstReplaced(JsonObject statefulSet) =>
        (int?)statefulSet["status"]!["updatedReplicas"] == 1 && (int?)statefulSet["status"]!["readyReplicas"] == 3;

    private Task RollAsync(ResourceType type, string name)
    {
        JsonObject annotations = new() { [ConfluentAnnotations.ManualRoll] = $"{Guid.NewGuid():N}" };
        JsonObject patch = new() { ["spec"] = new JsonObject { ["podTemplate"] = new JsonObject { ["annotations"] = annotations } } };
        return Cluster.Kubernetes.MergePatchAsync(type, LabCluster.Namespace, name, patch, null, _limit.Token);
    }

    private Task AnnotateAsync(string annotation, string? value)
    {
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = value } } };
        return Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, patch, null, _limit.Token);
    }

    private IReadOnlyList<string> DeletedPods() => [.. Cluster.Pods.Deletions.Select(deletion => deletion.Name)];

    private async Task WaitForDeletionsAsync(int count)
    {
        while (Cluster.Pods.Deletions.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), _limit.Token);
        }
    }
}
