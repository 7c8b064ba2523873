using System.Text.Json.Nodes;
using Confluent.Kafka;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Tests.Load;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>What a roll of controllers and brokers brings about under load, whatever was done to those who carry it out.</summary>
internal sealed class RollEffects : IAsyncDisposable
{
    private static readonly string[] Pods =
        ["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0", "kafka-2", "kafka-1", "kafka-0"];

    private readonly LabCluster _cluster;
    private readonly string _topic;
    private readonly AcknowledgedRecords _records;
    private readonly MinIsrWatch _minIsr;
    private readonly long[] _generations;

    private RollEffects(LabCluster cluster, string topic, long[] generations)
    {
        _cluster = cluster;
        _topic = topic;
        _generations = generations;
        _records = AcknowledgedRecords.Start(cluster.BootstrapServers, topic);
        _minIsr = MinIsrWatch.Start(RollBench.Brokers(cluster));
    }

    /// <summary>Begins to write records, to a topic of their own, and to watch.</summary>
    public static async Task<RollEffects> WatchAsync(LabCluster cluster)
    {
        string topic = $"orders-{Guid.NewGuid():N}";
        await cluster.CreateTopicAsync(topic, partitions: 6, replicationFactor: 3, minInSyncReplicas: 2);
        cluster.Pods.Reset();
        return new(cluster, topic, await GenerationsAsync(cluster));
    }

    /// <summary>Asserts that a roll of both components has ended well and did what an undisturbed one does, once.</summary>
    /// <param name="bench">The bench that started it.</param>
    /// <param name="run">Its workflow id.</param>
    /// <param name="story">What was done to it, for whoever reads the failure.</param>
    public async Task AssertUndisturbedAsync(RollBench bench, string run, string story)
    {
        ChangeStatus status = await bench.StatusAsync(run);
        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{story}");
        Assert.Equal(Pods, _cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Equal(1, _cluster.Pods.MostUnavailable(LabCluster.Kafka));
        Assert.True(_minIsr.Answers > 0);
        Assert.Equal(0, _minIsr.Most);
        IReadOnlySet<int> acknowledged = await _records.StopAsync();
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(_records.ReadBack()));

        // One write of each trigger, one pack of evidence, no lock left.
        Assert.Equal(_generations.Select(generation => generation + 1), await GenerationsAsync(_cluster));
        RunHistory history = new(bench.Client, run);
        Assert.Equal(2, await history.CountAsync("PatchObject"));
        Assert.Equal(1, await history.CountAsync("WriteEvidence"));
        Assert.True(File.Exists(Path.Combine(status.Evidence!.Location, "after", "canary.json")), story);
        await AssertFreeAsync(bench, status.Plan!.ClusterUid);
    }

    public async ValueTask DisposeAsync()
    {
        await _minIsr.DisposeAsync();
        await _records.DisposeAsync();
        using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _cluster.BootstrapServers }).Build();
        await admin.DeleteTopicsAsync([_topic]);
    }

    private static async Task AssertFreeAsync(RollBench bench, string clusterUid)
    {
        GuardStatus guard = await bench.Client.GetWorkflowHandle(GuardId.OfObject(clusterUid, LabCluster.Namespace, LabCluster.Kafka))
            .QueryAsync<GuardStatus>(ChangeNames.StatusQuery, []);
        Assert.True(guard.Condition == GuardCondition.Free, guard.Sentence);
        Assert.Empty(guard.Holders);
    }

    private static async Task<long[]> GenerationsAsync(LabCluster cluster)
    {
        JsonObject controllers = await cluster.Kubernetes.GetAsync(
            ConfluentResources.KRaftControllers, LabCluster.Namespace, LabCluster.Controllers, CancellationToken.None);
        JsonObject brokers =
            await cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, CancellationToken.None);
        return [controllers.Generation(), brokers.Generation()];
    }
}
