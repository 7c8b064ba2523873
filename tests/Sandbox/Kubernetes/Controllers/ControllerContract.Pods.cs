using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

public sealed partial class ControllerContract
{
    /// <summary>A budget counts healthy pods, lets one go, and says in numbers why the next may not.</summary>
    public async Task EvictionAsync()
    {
        await CreateAsync(ResourceType.PodDisruptionBudgets, Workloads.Budget("web", """{"maxUnavailable":1}"""));
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("web", 3, """{"podManagementPolicy":"Parallel"}"""));
        await UntilAsync(ResourceType.StatefulSets, "web", IsComplete);
        await UntilAsync(ResourceType.PodDisruptionBudgets, "web", each => (int?)each["status"]?["disruptionsAllowed"] == 1);
        Assert.Equal(
            "currentHealthy=3 desiredHealthy=2 expectedPods=3 disruptionsAllowed=1 observedGeneration=1 SufficientPods",
            Budget(await GetAsync(ResourceType.PodDisruptionBudgets, "web")));

        Assert.Null(await cluster.EvictAsync(_namespace, "web-1"));
        await UntilAsync(ResourceType.PodDisruptionBudgets, "web", each => (int?)each["status"]!["currentHealthy"] == 2);
        Assert.Equal(
            "Cannot evict pod as it would violate the pod's disruption budget. " +
            "The disruption budget web needs 2 healthy pods and has 2 currently",
            await RefusalAsync("web-2"));
    }

    private async Task<string?> RefusalAsync(string pod)
    {
        string? refusal = null;
        await cluster.UntilAsync(async () => (refusal = await cluster.EvictAsync(_namespace, pod)) is not null);
        return refusal;
    }

    private static string Budget(JsonObject budget) =>
        Numbers(budget, "currentHealthy", "desiredHealthy", "expectedPods", "disruptionsAllowed", "observedGeneration")
        + $" {budget["status"]!["conditions"]![0]!["reason"]}";
}
