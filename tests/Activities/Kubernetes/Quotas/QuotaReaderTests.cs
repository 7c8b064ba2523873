using System.Text.Json.Nodes;
using Orchestrator.Activities.Kubernetes.Quotas;
using Orchestrator.Workflows.Kubernetes.Quotas;

namespace Orchestrator.Activities.Tests.Kubernetes.Quotas;

/// <summary>What ResourceQuotas leave for one more pod, as far as the pod states what it takes.</summary>
public sealed class QuotaReaderTests
{
    private const string Pod = """
        {
          "metadata": { "name": "kafka-2", "uid": "u" },
          "spec": {
            "priorityClassName": "high",
            "initContainers": [ { "resources": { "requests": { "cpu": "3" } } } ],
            "containers": [
              { "resources": { "requests": { "cpu": "500m", "memory": "1Gi" }, "limits": { "memory": "2Gi" } } },
              { "resources": { "requests": { "cpu": "0.25", "memory": "512Mi" } } }
            ]
          },
          "status": { "qosClass": "Burstable" }
        }
        """;

    [Theory]
    [InlineData("pods", "1")]
    [InlineData("count/pods", "1")]
    [InlineData("cpu", "3")]
    [InlineData("requests.cpu", "3")]
    [InlineData("requests.memory", "1610612736")]
    [InlineData("limits.memory", "2147483648")]
    [InlineData("limits.cpu", null)]
    [InlineData("services", null)]
    public void Pod_Needs_WhatItStates(string resource, string? amount) =>
        Assert.Equal(
            amount is null ? null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            PodNeeds.Of(Object(Pod), resource));

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"scopes":["NotTerminating","NotBestEffort"]}""", true)]
    [InlineData("""{"scopes":["BestEffort"]}""", false)]
    [InlineData("""{"scopes":["Terminating"]}""", false)]
    [InlineData("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["high"]}]}}""", true)]
    [InlineData("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"NotIn","values":["high"]}]}}""", false)]
    [InlineData("""{"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"Exists"}]}}""", true)]
    public void Quota_Scopes_SayWhetherItCountsThePod(string spec, bool isCounted) =>
        Assert.Equal(isCounted, PodNeeds.IsCounted(Object(Pod), Object($$"""{"spec":{{spec}}}""")));

    [Fact]
    public void Quotas_Read_TellTheTightestFirst()
    {
        JsonObject quota = Object("""
            {
              "metadata": { "name": "full" },
              "spec": { "hard": { "pods": "5", "requests.cpu": "10", "services": "3" } },
              "status": { "used": { "pods": "7", "requests.cpu": "2500m", "services": "1" } }
            }
            """);

        Assert.Equal(
            [new QuotaSnapshot("full", "pods", 5, 7, 1, "kafka-2"), new QuotaSnapshot("full", "requests.cpu", 10, 2.5m, 3, "kafka-2")],
            QuotaReader.Of([quota], [Object(Pod)]).Quotas);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("500m", "0.5")]
    [InlineData("1.5Gi", "1610612736")]
    [InlineData("2k", "2000")]
    [InlineData("1e3", "1000")]
    [InlineData("3E", "3000000000000000000")]
    [InlineData("100n", "0.0000001")]
    public void Quantity_Read_IsANumber(string text, string number) =>
        Assert.Equal(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture), Quantity.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("Gi")]
    [InlineData("5 pods")]
    public void Quantity_ThatIsNone_IsNotRead(string text) => Assert.Throws<FormatException>(() => Quantity.Parse(text));

    private static JsonObject Object(string json) => (JsonObject)JsonNode.Parse(json)!;
}
