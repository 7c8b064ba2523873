using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Tests.Operator;

[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class UpgradeTests
{
    [LabFact]
    public async Task NewImage_OnControllersAndThenBrokers_RunsEveryPodOnTheNewReleaseWhoseMetadataVersionCanBeRaisedThen()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(6));
        await using LabCluster cluster = await LabCluster.StartAsync(new() { Version = "4.1.1", WithTemporal = false }, limit.Token);
        await cluster.CreateTopicAsync("kept", partitions: 6, replicationFactor: 3, minInSyncReplicas: 2);

        await UpgradeAsync(cluster, ConfluentResources.KRaftControllers, LabCluster.Controllers, limit.Token);
        await UpgradeAsync(cluster, ConfluentResources.Kafkas, LabCluster.Kafka, limit.Token);

        Assert.Equal(
            ["kraftcontroller-2", "kraftcontroller-1", "kraftcontroller-0", "kafka-2", "kafka-1", "kafka-0"],
            cluster.Pods.Deletions.Select(deletion => deletion.Name));
        Assert.Equal(["4.2.0", "4.2.0", "4.2.0"], await ReleasesAsync(cluster, limit.Token));
        string topics =
            await cluster.Servers.RunAsync("kafka", "tool", "TopicCommand", "--bootstrap-server", cluster.BootstrapServers, "--list");
        Assert.Contains("kept", topics.Split('\n'));

        // The point of no return, which the operator leaves to a person.
        Assert.StartsWith("4.1", await MetadataVersionAsync(cluster), StringComparison.Ordinal);
        await cluster.Servers.RunAsync("kafka", "tool", "FeatureCommand", "--bootstrap-server", cluster.BootstrapServers, "upgrade",
            "--release-version", "4.2");
        Assert.StartsWith("4.2", await MetadataVersionAsync(cluster), StringComparison.Ordinal);
        await cluster.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, limit.Token);
    }

    private static async Task<string> MetadataVersionAsync(LabCluster cluster)
    {
        string features =
            await cluster.Servers.RunAsync("kafka", "tool", "FeatureCommand", "--bootstrap-server", cluster.BootstrapServers, "describe");
        return Regex.Match(features, @"metadata\.version\s.*FinalizedVersionLevel: (?<level>\S+)").Groups["level"].Value;
    }

    private static async Task UpgradeAsync(LabCluster cluster, ResourceType type, string name, CancellationToken cancellationToken)
    {
        JsonObject image = new() { ["application"] = "confluentinc/cp-server:4.2.0" };
        await cluster.Kubernetes.MergePatchAsync(
            type, LabCluster.Namespace, name, new() { ["spec"] = new JsonObject { ["image"] = image } }, null, cancellationToken);
        await cluster.WaitUntilRunningAsync(type, name, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> ReleasesAsync(LabCluster cluster, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        List<string> releases = [];
        for (int ordinal = 0; ordinal < 3; ordinal++)
        {
            string reply = await http.GetStringAsync(
                new Uri(cluster.JolokiaOf($"kafka-{ordinal}"), $"read/kafka.server:type=app-info,id={ordinal}/Version"), cancellationToken);
            releases.Add((string)JsonNode.Parse(reply)!["value"]!);
        }

        return releases;
    }
}
