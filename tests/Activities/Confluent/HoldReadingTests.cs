using System.Text.Json.Nodes;
using Orchestrator.Activities.Confluent;

namespace Orchestrator.Activities.Tests.Confluent;

/// <summary>What on a resource holds the operator, or switches a check of it off.</summary>
public sealed class HoldReadingTests
{
    private const string Roll = "platform.confluent.io/roll-metadata";
    private const string Webhook = "confluent-operator.webhooks.platform.confluent.io/allow-kafka-pod-deletion";

    [Theory]
    [InlineData(
        """{"annotations": {"platform.confluent.io/block-reconcile": "true"}}""",
        "platform.confluent.io/block-reconcile=true stops")]
    [InlineData("""{"annotations": {"platform.confluent.io/block-reconcile": "false"}}""", "platform.confluent.io/block-reconcile=false")]
    [InlineData(
        """{"annotations": {"platform.confluent.io/maintenance-mode": "kafka-1"}}""",
        "platform.confluent.io/maintenance-mode=kafka-1 stops")]
    [InlineData("""{"annotations": {"platform.confluent.io/maintenance-mode": ""}}""", "")]
    [InlineData("""{"annotations": {"platform.confluent.io/roll-precheck": "disable"}}""", "platform.confluent.io/roll-precheck=disable")]
    [InlineData("""{"annotations": {"platform.confluent.io/roll-precheck": "enable"}}""", "")]
    [InlineData($$"""{"annotations": {"{{Roll}}": "{}"} }""", $"{Roll}={{}}")]
    [InlineData($$"""{"labels": {"{{Webhook}}": "true"} }""", $"{Webhook}=true label")]
    [InlineData($$"""{"labels": {"{{Webhook}}": "false"} }""", "")]
    [InlineData("""{"annotations": {"platform.confluent.io/use-log4j1": "true"}, "labels": {"app": "kafka"}}""", "")]
    public void Holds_OfAResource_AreThese(string metadata, string holds) => Assert.Equal(
        holds,
        string.Join(
            ", ",
            HoldReading.Of(new JsonObject { ["metadata"] = JsonNode.Parse(metadata) })
                .Select(hold => $"{hold.Annotation}={hold.Value}{(hold.Stops ? " stops" : "")}{(hold.IsLabel ? " label" : "")}")));

    [Fact]
    public void Hold_ThatIsALabel_NamesWhoWroteTheLabel()
    {
        JsonNode metadata = JsonNode.Parse(
            $$$"""
            {
              "labels": {"{{{Webhook}}}": "true"},
              "managedFields": [
                {"manager": "helm", "time": "2026-11-20T08:00:00Z", "fieldsV1": {"f:metadata": {"f:labels": {"f:app": {} } } } },
                {"manager": "kubectl-label", "time": "2026-11-20T09:00:00Z",
                 "fieldsV1": {"f:metadata": {"f:labels": {"f:{{{Webhook}}}": {} } } } }
              ]
            }
            """)!;

        Assert.Equal("kubectl-label", Assert.Single(HoldReading.Of(new JsonObject { ["metadata"] = metadata })).SetBy);
    }
}
