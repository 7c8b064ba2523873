using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>Where the pods of a set go whose volumes are made on the node that is chosen for them.</summary>
public sealed class PlacementTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("kubernetes.io/hostname")]
    public async Task Pods_ThatStartTogether_TakeANodeEach(string? keptApartBy)
    {
        await using BoxCluster cluster = BoxCluster.Start();
        cluster.ControlPlane.AddNodes(3);
        cluster.ControlPlane.AddStorageClass();
        JsonObject set = Workloads.StatefulSet("web", 3, """
            {
              "podManagementPolicy": "Parallel",
              "volumeClaimTemplates": [{
                "metadata": {"name": "data"},
                "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"} } }
              }]
            }
            """);
        if (keptApartBy is not null)
        {
            set["spec"]!["template"]!["spec"]!["affinity"] = Workloads.Parse($$$"""
                {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
                  {"labelSelector": {"matchLabels": {"app": "web"} }, "topologyKey": "{{{keptApartBy}}}"}]} }
                """);
        }

        await cluster.CreateAsync(ResourceType.StatefulSets, "default", set);
        await cluster.UntilAsync(async () =>
            (int?)(await cluster.FindAsync(ResourceType.StatefulSets, "default", "web"))!["status"]?["readyReplicas"] == 3);

        IReadOnlyList<JsonObject> pods = await cluster.ListAsync(ResourceType.Pods, "default");
        Assert.Equal(
            ["web-0 node-0", "web-1 node-1", "web-2 node-2"],
            pods.Select(pod => $"{pod.Name()} {pod["spec"]!["nodeName"]}").Order(StringComparer.Ordinal));
    }
}
