using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Pods;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class EvictionTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Evict_BudgetUsedUp_IsRefusedWithBudgetAndNumbers()
    {
        string @namespace = await PodWithBudgetAsync(minAvailable: 1);

        EvictionResult result = await api.Admin.EvictAsync(@namespace, "guarded", null, Limit);

        Assert.Equal(
            new EvictionResult(
                EvictionOutcome.Refused,
                "Cannot evict pod as it would violate the pod's disruption budget. "
                + "The disruption budget budget needs 1 healthy pods and has 1 currently",
                null),
            result);
        Assert.Null((await api.Admin.GetAsync(ResourceType.Pods, @namespace, "guarded", Limit)).DeletedAt());
    }

    [LabFact]
    public async Task Evict_DryRunThatABudgetAllows_EvictsNothing()
    {
        string @namespace = await PodWithBudgetAsync(minAvailable: 0);

        EvictionResult result = await api.Admin.EvictAsync(@namespace, "guarded", new DeleteOptions { DryRun = true }, Limit);

        Assert.Equal(EvictionOutcome.Evicted, result.Outcome);
        Assert.Null((await api.Admin.GetAsync(ResourceType.Pods, @namespace, "guarded", Limit)).DeletedAt());
    }

    [LabFact]
    public async Task Evict_PodWithThatUid_EndsThePod()
    {
        string @namespace = await PodWithBudgetAsync(minAvailable: 0);
        JsonObject pod = await api.Admin.GetAsync(ResourceType.Pods, @namespace, "guarded", Limit);

        EvictionResult result = await api.Admin.EvictAsync(@namespace, "guarded", new DeleteOptions { Uid = pod.Uid() }, Limit);

        Assert.Equal(EvictionOutcome.Evicted, result.Outcome);
        JsonObject? after = await api.Admin.FindAsync(ResourceType.Pods, @namespace, "guarded", Limit);
        Assert.True(after is null || after.DeletedAt() is not null);
    }

    [LabFact]
    public async Task Evict_AnotherPodOfThatNameOrNone_IsAlreadyGone()
    {
        string @namespace = await PodWithBudgetAsync(minAvailable: 0);
        DeleteOptions another = new() { Uid = "00000000-0000-0000-0000-000000000000" };

        EvictionResult replaced = await api.Admin.EvictAsync(@namespace, "guarded", another, Limit);
        EvictionResult missing = await api.Admin.EvictAsync(@namespace, "nobody", another, Limit);

        Assert.Equal((EvictionOutcome.AlreadyGone, EvictionOutcome.AlreadyGone), (replaced.Outcome, missing.Outcome));
        Assert.Null((await api.Admin.GetAsync(ResourceType.Pods, @namespace, "guarded", Limit)).DeletedAt());
    }

    // The pod is bound to a node that nobody serves and said to run, so that it ends only when it is evicted.
    private async Task<string> PodWithBudgetAsync(int minAvailable)
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        JsonObject budget = new()
        {
            ["apiVersion"] = "policy/v1",
            ["kind"] = "PodDisruptionBudget",
            ["metadata"] = new JsonObject { ["name"] = "budget" },
            ["spec"] = new JsonObject { ["minAvailable"] = minAvailable, ["selector"] = new JsonObject() },
        };
        await api.Admin.CreateAsync(ResourceType.PodDisruptionBudgets, @namespace, budget, Limit);
        await api.CreatePodAsync(@namespace, "guarded", "nowhere", Limit);
        JsonObject running = Manifests.Parse("status: {phase: Running, conditions: [{type: Ready, status: 'True'}]}")[0];
        await api.Admin.MergePatchAsync(ResourceType.Pods, @namespace, "guarded", running, "status", Limit);
        WatchOptions ofBudget = new() { FieldSelector = "metadata.name=budget" };
        await foreach (WatchEvent e in api.Admin.WatchAsync(ResourceType.PodDisruptionBudgets, @namespace, ofBudget, Limit))
        {
            if (e.Object["status"]?["currentHealthy"]?.GetValue<int>() == 1)
            {
                break;
            }
        }

        return @namespace;
    }
}
