using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

public sealed partial class ControllerContract
{
    private const string NotHelpful = "Preemption is not helpful for scheduling";
    private const string NoVictims = "No preemption victims found for incoming pod";

    /// <summary>A pod that fits nowhere says why of each node.</summary>
    public async Task UnschedulableAsync()
    {
        await CreateAsync(ResourceType.Pods, Workloads.Pod("homeless", """{"nodeSelector":{"disk":"fast"} }"""));
        await UntilAsync(ResourceType.Pods, "homeless", pod => pod["status"]?["conditions"] is JsonArray { Count: > 0 });

        JsonNode condition = (await GetAsync(ResourceType.Pods, "homeless"))["status"]!["conditions"]![0]!;
        string sentence = Sentence("3 node(s) didn't match Pod's node affinity/selector", $"3 {NotHelpful}");
        Assert.Equal(("PodScheduled", "False", "Unschedulable", sentence), (
            (string?)condition["type"], (string?)condition["status"], (string?)condition["reason"], (string?)condition["message"]));
        Assert.Equal([$"Warning FailedScheduling: {sentence}"], await EventsAsync("Pod", "homeless"));
    }

    /// <summary>Pods that keep away from each other take a node each, and one too many takes none.</summary>
    public async Task AntiAffinityAsync()
    {
        JsonObject set = Workloads.StatefulSet("apart", 4, """{"podManagementPolicy":"Parallel"}""");
        set["spec"]!["template"]!["spec"]!["affinity"] = Workloads.Parse(
            """
            {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
              {"labelSelector": {"matchLabels": {"app": "apart"} }, "topologyKey": "kubernetes.io/hostname"}]} }
            """);
        await CreateAsync(ResourceType.StatefulSets, set);
        await UntilAsync(ResourceType.StatefulSets, "apart", each => (int?)each["status"]?["readyReplicas"] == 3);

        IReadOnlyList<JsonObject> pods = await cluster.ListAsync(ResourceType.Pods, _namespace);
        Assert.Equal(
            ["node-0", "node-1", "node-2"],
            pods.Select(pod => (string?)pod["spec"]!["nodeName"]).Where(node => node is not null).Order(StringComparer.Ordinal));
        string left = pods.Single(pod => pod["spec"]!["nodeName"] is null).Name();
        Assert.Equal(
            [$"Warning FailedScheduling: {Sentence("3 node(s) didn't match pod anti-affinity rules", $"3 {NoVictims}")}"],
            (await EventsAsync("Pod", left)).Take(1));
    }

    /// <summary>Each node has its own reason: a taint, other labels, too little.</summary>
    public async Task SeveralReasonsAsync()
    {
        await ChangeNodeAsync("node-0", """{"spec":{"taints":[{"key":"dedicated","value":"kafka","effect":"NoSchedule"}]} }""");
        await ChangeNodeAsync("node-1", """{"spec":{"unschedulable":true} }""");
        await cluster.UntilAsync(async () => await TaintsAsync("node-1") == "node.kubernetes.io/unschedulable:NoSchedule");

        await CreateAsync(ResourceType.Pods, Workloads.Pod(
            "large", """{"containers":[{"name":"main","image":"lab/server:1","resources":{"requests":{"cpu":"100"} } }]}"""));
        await UntilAsync(ResourceType.Pods, "large", pod => pod["status"]?["conditions"] is JsonArray { Count: > 0 });
        string told = (await EventsAsync("Pod", "large"))[0];

        await ChangeNodeAsync("node-0", """{"spec":{"taints":null} }""");
        await ChangeNodeAsync("node-1", """{"spec":{"unschedulable":null} }""");
        await cluster.UntilAsync(async () => (await TaintsAsync("node-1")).Length == 0);
        Assert.Equal(
            "Warning FailedScheduling: " + Sentence(
                "1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable",
                $"3 {NotHelpful}"),
            told);
    }

    /// <summary>A taint that is executed takes a pod off its node that does not tolerate it.</summary>
    public async Task ExecutedTaintAsync()
    {
        await CreateAsync(ResourceType.Pods, Workloads.Pod("guest", """{"nodeSelector":{"kubernetes.io/hostname":"node-2"} }"""));
        await UntilAsync(ResourceType.Pods, "guest", IsReady);
        await ChangeNodeAsync("node-2", """{"spec":{"taints":[{"key":"leave","effect":"NoExecute"}]} }""");
        await UntilGoneAsync(ResourceType.Pods, "guest");
        IReadOnlyList<string> told = await EventsAsync("Pod", "guest");
        await ChangeNodeAsync("node-2", """{"spec":{"taints":null} }""");

        Assert.Contains($"Normal TaintManagerEviction: Marking for deletion Pod {_namespace}/guest", told);
    }

    private Task ChangeNodeAsync(string node, string patch) =>
        cluster.ChangeAsync(ResourceType.Nodes, null, node, Workloads.Parse(patch));

    private async Task<string> TaintsAsync(string node)
    {
        JsonObject found = (await cluster.FindAsync(ResourceType.Nodes, null, node))!;
        return string.Join(',', (found["spec"]!["taints"] as JsonArray ?? []).Select(each => $"{each!["key"]}:{each["effect"]}"));
    }

    private static string Sentence(string reasons, string preemption) =>
        $"0/3 nodes are available: {reasons}. no new claims to deallocate, preemption: 0/3 nodes are available: {preemption}.";
}
