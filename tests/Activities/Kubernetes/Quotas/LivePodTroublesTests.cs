using System.Text.Json.Nodes;
using Orchestrator.Activities.Kubernetes.Quotas;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kubernetes.Quotas;

/// <summary>What a real control plane says of pods that it cannot create or place.</summary>
[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class LivePodTroublesTests(KubeLab lab) : BoundedTest
{
    [LabFact]
    public async Task Troubles_WhereTheQuotaIsFull_QuoteItsNumbers()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        await lab.Admin.CreateAsync(ResourceType.ResourceQuotas, space, Parse("""
            { "metadata": { "name": "full" }, "spec": { "hard": { "pods": "1" } } }
            """), Limit);
        await lab.WaitAsync(ResourceType.ResourceQuotas, space, "full", quota => quota["status"]?["hard"]?["pods"] is not null, Limit);

        string trouble = await TroubleAsync(space, "{}", created: 1);

        Assert.Equal(
            "FailedCreate: create Pod kafka-1 in StatefulSet kafka failed error: pods \"kafka-1\" is forbidden: exceeded quota: full, "
            + "requested: pods=1, used: pods=1, limited: pods=1",
            trouble);
    }

    [LabFact]
    public async Task Troubles_WhereNoNodeTakesThePod_QuoteTheScheduler()
    {
        string space = await lab.NewNamespaceAsync(Limit);

        string trouble = await TroubleAsync(space, """{ "disk": "none-has-this" }""", created: 2);

        Assert.StartsWith("FailedScheduling: 0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", trouble);
    }

    // Two pods are wanted at once, so that one that cannot be placed does not keep the other from being created.
    private async Task<string> TroubleAsync(string space, string nodeSelector, int created)
    {
        JsonObject statefulSet = await lab.Admin.CreateAsync(ResourceType.StatefulSets, space, Parse($$"""
            {
              "metadata": { "name": "kafka" },
              "spec": {
                "replicas": 2, "serviceName": "kafka", "podManagementPolicy": "Parallel",
                "selector": { "matchLabels": { "app": "kafka" } },
                "template": {
                  "metadata": { "labels": { "app": "kafka" } },
                  "spec": {
                    "nodeSelector": {{nodeSelector}},
                    "containers": [ { "name": "kafka", "image": "lab/kafka:1" } ]
                  }
                }
              }
            }
            """), Limit);
        while (true)
        {
            IReadOnlyList<JsonObject> pods = (await lab.Admin.ListAsync(ResourceType.Pods, space, null, Limit)).Items;
            IReadOnlyList<string> troubles = await PodTroubles.ReadAsync(lab.Admin, statefulSet, 2, pods, Limit);
            if (pods.Count == created && troubles.Count > 0)
            {
                return troubles[0];
            }

            await Task.Delay(100, Limit);
        }
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
