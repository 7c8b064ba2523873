using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka.Admin;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;

namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>The real brokers and controllers of the lab.</summary>
internal sealed class LabKafka(KafkaLab lab) : TestedKafka
{
    internal override IKafkaCluster Kafka => lab.Kafka;

    internal override KafkaAddress Address => lab.Address;

    internal override INodeProbe Probe => lab.Probe;

    internal override IReadOnlyList<NodeAddress> Brokers => lab.Brokers;

    internal override IReadOnlyList<NodeAddress> Controllers => lab.Controllers;

    private string FirstServer => lab.Address.BootstrapServers.Split(',')[0];

    public override Task StartAsync(int node, string? version = null) =>
        lab.Servers.RunAsync(version is null ? ["kafka", "start", $"{node}"] : ["kafka", "start", $"{node}", version]);

    public override Task StopAsync(int node) => lab.Servers.RunAsync("kafka", "stop", $"{node}");

    public override Task KillAsync(int node) => lab.Servers.RunAsync("kafka", "kill", $"{node}");

    public override Task CreateTopicAsync(string name, int[] replicas, params (string Name, string Value)[] settings) =>
        lab.Admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = name,
                NumPartitions = 1,
                ReplicationFactor = -1,
                ReplicasAssignments = new Dictionary<int, List<int>> { [0] = [.. replicas] },
                Configs = settings.ToDictionary(setting => setting.Name, setting => setting.Value),
            },
        ]);

    public override Task DeleteTopicAsync(string name) => lab.Admin.DeleteTopicsAsync([name]);

    public override Task SetAsync(string topic, string name, string value) => lab.Admin.IncrementalAlterConfigsAsync(new()
    {
        [new() { Type = ResourceType.Topic, Name = topic }] =
            [new() { Name = name, Value = value, IncrementalOperation = AlterConfigOpType.Set }],
    });

    // The admin client does not reach the default of all brokers.
    public override Task SetForAllAsync(string name, string value) => ToolAsync(
        "kafka.admin.ConfigCommand", "--entity-type", "brokers", "--entity-default", "--alter", "--add-config", $"{name}={value}");

    public override async Task ReassignAsync(string topic, int[] replicas)
    {
        string file = Path.Combine(lab.Servers.DataFolder, $"{topic}.json");
        await File.WriteAllTextAsync(
            file, JsonSerializer.Serialize(new { version = 1, partitions = new[] { new { topic, partition = 0, replicas } } }));
        await ToolAsync(
            "org.apache.kafka.tools.reassign.ReassignPartitionsCommand", "--reassignment-json-file", file, "--execute");
    }

    // The tool wants to be told in which direction.
    public override async Task<string?> SetFeatureAsync(string feature, string level) =>
        await TryFeatureAsync("upgrade", feature, level) is null ? null : await TryFeatureAsync("downgrade", feature, level);

    public override async Task<string> FeatureAsync(string feature)
    {
        string told = await ToolAsync("FeatureCommand", "describe");
        return Regex.Match(told, $@"Feature: {Regex.Escape(feature)}\s.*FinalizedVersionLevel: (\S+)").Groups[1].Value;
    }

    // Each look takes long enough; without a pause two cores would do nothing else.
    public override Task PassAsync() => Task.Delay(TimeSpan.FromMilliseconds(250));

    private async Task<string?> TryFeatureAsync(string verb, string feature, string level)
    {
        try
        {
            await ToolAsync("FeatureCommand", verb, "--feature", $"{feature}={level}");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private Task<string> ToolAsync(string tool, params string[] arguments) =>
        lab.Servers.RunAsync(["kafka", "tool", tool, "--bootstrap-server", FirstServer, .. arguments]);
}
