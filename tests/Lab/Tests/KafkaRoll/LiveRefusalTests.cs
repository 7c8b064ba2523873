using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.ConfluentOperator;
using ResourceType = Orchestrator.Kubernetes.ResourceType;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>
/// What a roll refuses of a cluster that is not whole: each reason brought about for real, told with its names and numbers, and nothing
/// touched.
/// </summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class LiveRefusalTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AdminTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(4));
    private long _generation;

    private LabCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync()
    {
        await Cluster.ResetAsync(_limit.Token);
        _generation = await GenerationAsync();
    }

    public Task DisposeAsync() => Cluster.ResetAsync(CancellationToken.None);

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Roll_OfAClusterWithABrokerDown_IsRefusedWithPodBrokerAndPartitions()
    {
        string topic = $"exposed-{Guid.NewGuid():N}";
        await Cluster.CreateTopicAsync(topic, partitions: 1, replicationFactor: 3, minInSyncReplicas: 2);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Cluster.KeepProcessDown("kafka-1");
        using IAdminClient admin = Admin();
        while (admin.GetMetadata(topic, AdminTimeout) is { } metadata
            && (metadata.Brokers.Count > 2 || metadata.Topics[0].Partitions[0].InSyncReplicas.Length > 2))
        {
            await Task.Delay(Poll, _limit.Token);
        }

        await AssertRefusedAsync(
            worker,
            3,
            "PARTITIONS_UNDER_REPLICATED", $"{topic}-0", "POD_NOT_READY", "kafka-1", "BROKERS_MISSING",
            "1 of 3 brokers are not registered: [1].");
        await admin.DeleteTopicsAsync([topic]);
    }

    [LabFact]
    public async Task Roll_OfAResourceWithALeftoverAnnotation_IsRefusedWithItsValueAndConsequence()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        (string Annotation, string Value, string Consequence)[] leftovers =
        [
            (ConfluentAnnotations.BlockReconcile, "true", "the operator is held"),
            (ConfluentAnnotations.MaintenanceMode, "kafka-7", "the operator is held"),
            (ConfluentAnnotations.RollPrecheck, "disable", "the operator may not check the partitions before it restarts a pod"),
        ];
        foreach ((string annotation, string value, string consequence) in leftovers)
        {
            await AnnotateAsync(annotation, value);
            await AssertRefusedAsync(worker, 3, "RECONCILE_BLOCKED", $"confluent/kafka carries {annotation}={value}, set by lab",
                consequence);
            await AnnotateAsync(annotation, null);
        }
    }

    [LabFact]
    public async Task Roll_OfAClusterWhoseAlertsCannotBeRead_IsRefusedWithTheAddress()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(
            new Dictionary<string, string>(Cluster.EnvironmentVariables)
            {
                ["ORCHESTRATOR__CLUSTERS__lab__ALERTMANAGER__URL"] = "http://127.0.0.1:9",
            });

        await AssertRefusedAsync(worker, 3, "ALERTS_UNREADABLE",
            "The alerts of cluster lab could not be read: http://127.0.0.1:9/ does not answer: Connection refused.");
    }

    [LabFact]
    public async Task Roll_WhileReplicasMove_IsRefusedWithTheirNumber()
    {
        string topic = $"moved-{Guid.NewGuid():N}";
        using IAdminClient admin = Admin();
        TopicSpecification onTwo = new()
        {
            Name = topic, NumPartitions = 1, ReplicasAssignments = new() { [0] = [0, 1] },
            Configs = new() { ["min.insync.replicas"] = "1" },
        };
        await admin.CreateTopicsAsync([onTwo]);
        await FillAsync(topic);
        string file = Path.Combine(Cluster.Servers.DataFolder, $"{topic}.json");
        await File.WriteAllTextAsync(
            file, JsonSerializer.Serialize(
                new { version = 1, partitions = new[] { new { topic, partition = 0, replicas = new[] { 0, 2 } } } }), _limit.Token);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);

        // At 1,000 B/s the replica would take hours.
        await MoveAsync(file, "--execute", "--throttle", "1000");
        try
        {
            await AssertRefusedAsync(worker, 3, "REASSIGNMENT_RUNNING", "1 partitions are being moved.");
        }
        finally
        {
            await MoveAsync(file, "--cancel");
            await admin.DeleteTopicsAsync([topic]);
        }
    }

    [LabFact]
    public async Task Roll_WithoutAQuorum_IsRefusedWithTheVotersThatAreGone()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        string[] gone = ["kraftcontroller-1", "kraftcontroller-2"];
        foreach (string pod in gone)
        {
            Cluster.KeepProcessDown(pod);
        }

        foreach (string pod in gone)
        {
            await Cluster.WaitUntilAsync(ResourceType.Pods, pod, found => !IsReady(found), _limit.Token);
        }

        // The one that is left counts on its leader, or on its own followers, until they have been silent for a while.
        using HttpClient http = new();
        Uri state = new(Cluster.JolokiaOf("kraftcontroller-0"), "read/kafka.server:type=raft-metrics/current-state");
        while ((string?)JsonNode.Parse(await http.GetStringAsync(state, _limit.Token))!["value"] is "leader" or "follower")
        {
            await Task.Delay(Poll, _limit.Token);
        }

        await AssertRefusedAsync(worker, 3, "QUORUM_NO_LEADER", "POD_NOT_READY", "kraftcontroller-1", "kraftcontroller-2");
    }

    [LabFact]
    public async Task Roll_OfATargetThatIsNotThere_EndsWith2()
    {
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);

        await AssertRefusedAsync(worker, 2, "lab/confluence", ["TARGET_NOT_FOUND", "There is no namespace confluence"]);
        await AssertRefusedAsync(worker, 2, "lap/confluent", ["TARGET_UNKNOWN", "lab"]);
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? [])
            .Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");

    private Task AnnotateAsync(string annotation, string? value)
    {
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [annotation] = value } } };
        return Cluster.Kubernetes.MergePatchAsync(
            ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, patch, null, _limit.Token);
    }

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Cluster.BootstrapServers }).Build();

    private async Task FillAsync(string topic)
    {
        using IProducer<Null, byte[]> producer =
            new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = Cluster.BootstrapServers }).Build();
        byte[] value = new byte[500_000];
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => producer.ProduceAsync(topic, new() { Value = value }, _limit.Token)));
    }

    private Task<string> MoveAsync(string file, params string[] what) => Cluster.Servers.RunAsync(
    [
        "kafka", "tool", "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
        "--bootstrap-server", Cluster.BootstrapServers, "--reassignment-json-file", file, .. what,
    ]);

    private Task AssertRefusedAsync(ProgramProcess worker, int exitCode, params string[] said) =>
        AssertRefusedAsync(worker, exitCode, "lab/confluent", said);

    // A plan and a start are refused alike.
    private async Task AssertRefusedAsync(ProgramProcess worker, int exitCode, string target, string[] said)
    {
        Sop sop = new(Cluster.EnvironmentVariables);
        string[] what =
            ["roll-kafka-cluster", "--target", target, "name=kafka", "component=both", "--reason", "monthly restart", "--as", "alice"];
        foreach (string command in (string[])["plan", "start"])
        {
            ProgramRun run = await sop.RunAsync([command, .. what]);
            string text = string.Join(' ', (run.Output + run.Errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.True(run.ExitCode == exitCode, $"{run.ExitCode}: {text}\n{worker.Log}");
            Assert.All(said, part => Assert.True(text.Contains(part, StringComparison.Ordinal), $"'{part}' is not in: {text}"));
            Assert.DoesNotContain("   at ", run.Output + run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(_generation, await GenerationAsync());
        Assert.Empty(Cluster.Pods.Deletions);
    }

    private async Task<long> GenerationAsync() =>
        (await Cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, _limit.Token)).Generation();
}
