using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Rendering;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

public sealed class RenderingTests
{
    private static readonly Component Controllers = Components.Controllers();

    [Fact]
    public void StatefulSet_OfKafka_IsNamedAsTheResourceAndLeavesTheRollToTheOperator()
    {
        JsonObject set = ComponentStatefulSet.Render(Components.Kafka(), Controllers);

        Assert.Equal("kafka", (string?)set["metadata"]!["name"]);
        Assert.Equal("OnDelete", (string?)set["spec"]!["updateStrategy"]!["type"]);
        Assert.Equal("data0", (string?)set["spec"]!["volumeClaimTemplates"]![0]!["metadata"]!["name"]);
        Assert.Equal("confluentinc/cp-server:4.2.0", (string?)set["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]);
    }

    [Fact]
    public void Pods_OfKafka_CarryTheLabelsThatConfluentsDo()
    {
        JsonObject set = ComponentStatefulSet.Render(Components.Kafka(), Controllers);

        Assert.Equal(
            """{"app":"kafka","clusterId":"confluent","confluent-platform":"true","type":"kafka","platform.confluent.io/type":"kafka"}""",
            set["spec"]!["template"]!["metadata"]!["labels"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"podTemplate":{"annotations":{"kafkacluster-manual-roll":"2"}}}""", true)]
    [InlineData("""{"image":{"application":"confluentinc/cp-server:4.1.1","init":"confluentinc/confluent-init-container:3.3.0"}}""", true)]
    [InlineData("""{"configOverrides":{"server":["num.io.threads=4"]}}""", true)]
    [InlineData("""{"pdb":{"enabled":true,"maxUnavailable":2}}""", false)]
    public void Template_AfterAChangeOfTheResource_DiffersWhereAPodMustRestart(string change, bool restarts)
    {
        JsonNode before = ComponentStatefulSet.Render(Components.Kafka(), Controllers)["spec"]!["template"]!;
        JsonNode after = ComponentStatefulSet.Render(Components.Kafka(change), Controllers)["spec"]!["template"]!;

        Assert.Equal(restarts, !JsonNode.DeepEquals(before, after));
    }

    [Fact]
    public void SharedConfig_OfKafka_NamesTheQuorumByDnsNameAndEndsWithTheOverrides()
    {
        Component kafka = Components.Kafka("""{"configOverrides":{"server":["num.io.threads=4"]}}""");

        string[] lines = ((string)SharedConfig.Render(kafka, Controllers)["data"]!["kafka.properties"]!).Split('\n');

        Assert.Contains(
            "controller.quorum.voters=9990@kraftcontroller-0.kraftcontroller.confluent.svc.cluster.local:9074,"
            + "9991@kraftcontroller-1.kraftcontroller.confluent.svc.cluster.local:9074,"
            + "9992@kraftcontroller-2.kraftcontroller.confluent.svc.cluster.local:9074",
            lines);
        Assert.Equal(["num.io.threads=4", ""], lines[^2..]);
    }

    [Theory]
    [InlineData(1, "1", "1")]
    [InlineData(2, "2", "1")]
    [InlineData(5, "3", "2")]
    public void SharedConfig_OfNBrokers_KeepsOneReplicaToSpare(int replicas, string replicationFactor, string minInSync)
    {
        Component kafka = Components.Kafka($$"""{"replicas":{{replicas}}}""");

        string[] lines = ((string)SharedConfig.Render(kafka, Controllers)["data"]!["kafka.properties"]!).Split('\n');

        Assert.Contains($"default.replication.factor={replicationFactor}", lines);
        Assert.Contains($"min.insync.replicas={minInSync}", lines);
    }

    [Fact]
    public void ClusterId_NotInTheResource_IsTheSameForEveryOperatorAndHasKafkasForm()
    {
        Assert.Equal("mnscLT5PSluMbX6PkKGyww", Components.Controllers().ClusterId);
        Assert.Equal("given", Components.Controllers("""{"clusterID":"given"}""").ClusterId);
    }

    [Theory]
    [InlineData("{}", 1)]
    [InlineData("""{"pdb":{"enabled":true,"maxUnavailable":2}}""", 2)]
    [InlineData("""{"pdb":{"enabled":false}}""", null)]
    public void DisruptionBudget_AsTheResourceSays_AllowsThatMany(string spec, int? maxUnavailable) =>
        Assert.Equal(maxUnavailable, (int?)DisruptionBudget.Render(Components.Kafka(spec))?["spec"]!["maxUnavailable"]);

    [Fact]
    public void StatefulSet_OfConnect_KeepsNoDataAndRollsByItself()
    {
        JsonObject set = ComponentStatefulSet.Render(Components.Connect(), null);

        Assert.Equal("RollingUpdate", (string?)set["spec"]!["updateStrategy"]!["type"]);
        Assert.Empty(set["spec"]!["volumeClaimTemplates"]!.AsArray());
        Assert.Empty(set["spec"]!["template"]!["spec"]!["containers"]![0]!["env"]!.AsArray());
    }

    [Fact]
    public void LivenessProbe_OfTheResource_AsksJolokiaAndLeavesLittleTimeToEnd()
    {
        JsonObject set = ComponentStatefulSet.Render(
            Components.Kafka("""{"podTemplate":{"probe":{"liveness":{"periodSeconds":5}}}}"""), Controllers);

        Assert.Equal(
            """{"httpGet":{"path":"/jolokia/version","port":7777},"terminationGracePeriodSeconds":10,"periodSeconds":5}""",
            set["spec"]!["template"]!["spec"]!["containers"]![0]!["livenessProbe"]!.ToJsonString());
    }
}
