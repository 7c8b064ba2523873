using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>A set of 300 pods on 30 nodes: nothing that is done for one pod looks at all of them for each event.</summary>
public sealed class ScaleTests
{
    [Fact]
    public async Task Set_Of300Pods_StartsAndRolls_WithSoManyWritesPerPod()
    {
        await using BoxCluster cluster = new();
        cluster.ControlPlane.AddNodes(30);
        cluster.ControlPlane.AddStorageClass();
        JsonObject set = Workloads.StatefulSet(
            "kafka", 300, """{"podManagementPolicy":"Parallel","updateStrategy":{"type":"OnDelete"} }""");
        set["spec"]!["volumeClaimTemplates"] = new JsonArray(Workloads.Parse(
            """
            {"metadata":{"name":"data0"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"10Gi"} } } }
            """));
        await cluster.CreateAsync(ResourceType.PodDisruptionBudgets, "default", Workloads.Budget("kafka", """{"maxUnavailable":1}"""));
        long before = cluster.Api.Store.Revision;
        long begun = Stopwatch.GetTimestamp();
        await cluster.CreateAsync(ResourceType.StatefulSets, "default", set);
        await cluster.UntilAsync(async () => await ReadyAsync(cluster) == 300);
        long started = cluster.Api.Store.Revision;
        TimeSpan start = Stopwatch.GetElapsedTime(begun);

        await cluster.DeleteAsync(ResourceType.Pods, "default", "kafka-299");
        await cluster.UntilAsync(async () => await ReadyAsync(cluster) == 299);
        await cluster.UntilAsync(async () => await ReadyAsync(cluster) == 300);

        Assert.InRange((started - before) / 300, 1, 60);
        Assert.InRange(cluster.Api.Store.Revision - started, 1, 60);
        Assert.True(start < TimeSpan.FromSeconds(60), $"300 pods took {start.TotalSeconds:0.0} s.");
    }

    private static async Task<int?> ReadyAsync(BoxCluster cluster) =>
        (int?)(await cluster.FindAsync(ResourceType.StatefulSets, "default", "kafka"))!["status"]?["readyReplicas"];
}
