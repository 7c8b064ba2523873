using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Scenarios;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Rehearsals;

/// <summary><c>sop sandbox snapshot</c> of a cluster in the box.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Snapshot_OfACluster_RehearsesAsTheClusterBehaves()
    {
        ClusterScenario cluster = new()
        {
            Name = "prod",
            Namespace = "streams",
            Kafka = new KafkaScenario
            {
                Version = "4.1.0",
                Brokers = 4,
                Topics = [new TopicScenario { Name = "orders", Partitions = 4 }, new TopicScenario { Name = "audit", Partitions = 1 }],
                Timings = new KafkaTimings { BrokerStart = TimeSpan.FromSeconds(2) },
            },
        };
        await using BoxRoll roll = await BoxRoll.StartAsync(cluster);
        await TakeAsync(roll.Box, "prod", "streams");

        RollKafkaClusterResult result = await roll.ExecuteAsync();
        ProgramRun rehearsal = await new Sop(new Dictionary<string, string>()).RunAsync(
            "rehearse", "roll-kafka-cluster", "--from", _file, "-o", "json");

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.True(rehearsal.ExitCode == 0, $"{rehearsal.Output}{rehearsal.Errors}");
        JsonNode rehearsed = JsonNode.Parse(rehearsal.Output)!;
        Assert.Equal(
            roll.Effects,
            rehearsed["transcript"]!.AsArray().Where(entry => (string?)entry!["kind"] == "cluster").Select(entry => $"{entry!["text"]}"));
        Assert.Equal(
            result.Change.Status.Steps.Select(step => (step.Name, $"{step.State}")),
            rehearsed["view"]!["change"]!["steps"]!.AsArray().Select(step => ((string)step!["name"]!, (string)step["state"]!)));
    }

    [Fact]
    public async Task Snapshot_OfAClusterThatMustNotBeRolled_IsRefusedForTheSameReasons()
    {
        ClusterScenario cluster = new()
        {
            Brokers = new ComponentScenario
            {
                Annotations = new Dictionary<string, string> { ["platform.confluent.io/block-reconcile"] = "true" },
            },
            Kafka = new KafkaScenario
            {
                Topics = [new TopicScenario { Name = "single", Partitions = 1, ReplicationFactor = 1 },
                    new TopicScenario { Name = "orders", OutOfSync = ["0:2"] }],
            },
        };
        await using BoxRoll roll = await BoxRoll.StartAsync(cluster);
        await TakeAsync(roll.Box, "sandbox", "confluent");

        RollKafkaClusterResult result = await roll.ExecuteAsync();
        ProgramRun rehearsal = await new Sop(new Dictionary<string, string>()).RunAsync(
            "rehearse", "roll-kafka-cluster", "--from", _file, "-o", "json");

        Assert.Equal(ChangeState.Refused, result.Change.State);
        Assert.Equal(3, rehearsal.ExitCode);
        string[] codes = [.. result.Change.Status.Refusals.Select(refusal => refusal.Code)];
        Assert.Equal(
            ["PARTITIONS_UNDER_REPLICATED", "RECONCILE_BLOCKED", "RF_NOT_ABOVE_MIN_ISR"], codes.Order(StringComparer.Ordinal));
        Assert.Equal(codes, JsonNode.Parse(rehearsal.Output)!["refused"]!.AsArray().Select(refusal => (string)refusal!["code"]!));
    }

    [Fact]
    public async Task Snapshot_OfAClusterThatWasRolledBefore_IsNotFencedOffByIt()
    {
        ClusterScenario cluster = new()
        {
            Brokers = new ComponentScenario
            {
                Annotations = new Dictionary<string, string>
                {
                    [GuardId.FenceAnnotation] = $"{GuardId.Short($"kafka/{new KafkaScenario().ClusterId}")}=6",
                },
            },
        };
        await using BoxRoll roll = await BoxRoll.StartAsync(cluster);
        await TakeAsync(roll.Box, "sandbox", "confluent");

        ProgramRun rehearsal = await new Sop(new Dictionary<string, string>()).RunAsync("rehearse", "roll-kafka-cluster", "--from", _file);

        Assert.True(rehearsal.ExitCode == 0, $"{rehearsal.Output}{rehearsal.Errors}");
    }

    private async Task TakeAsync(ClusterBox box, string context, string @namespace)
    {
        ProgramRun snapshot = await new Sop(box.EnvironmentVariables).RunAsync(
            "sandbox", "snapshot", "--context", context, "--namespace", @namespace);
        Assert.True(snapshot.ExitCode == 0, snapshot.Errors);
        await File.WriteAllTextAsync(_file, snapshot.Output);
    }
}
