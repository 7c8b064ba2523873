using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

public sealed partial class ControllerContract
{
    private static readonly string[] Counters =
        ["observedGeneration", "replicas", "readyReplicas", "availableReplicas", "currentReplicas", "updatedReplicas", "collisionCount"];

    /// <summary>An ordered set starts its pods one after the other, and rolls them from the highest down.</summary>
    public async Task OrderedSetAsync()
    {
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("web", 3));
        await UntilAsync(ResourceType.StatefulSets, "web", IsComplete);

        JsonObject pod = await GetAsync(ResourceType.Pods, "web-1");
        JsonObject set = await GetAsync(ResourceType.StatefulSets, "web");
        string first = (string)set["status"]!["currentRevision"]!;
        Assert.Equal(
            "observedGeneration=1 replicas=3 readyReplicas=3 availableReplicas=3 currentReplicas=3 updatedReplicas=3 collisionCount=0",
            Numbers(set, Counters));
        Assert.Equal(
            [
                "app=web", "apps.kubernetes.io/pod-index=1", $"controller-revision-hash={first}",
                "statefulset.kubernetes.io/pod-name=web-1",
            ],
            Sorted(pod["metadata"]!["labels"]!));
        Assert.Equal(("web-", "web-1", "web"), (
            (string?)pod["metadata"]!["generateName"], (string?)pod["spec"]!["hostname"], (string?)pod["spec"]!["subdomain"]));

        await ChangeAsync(ResourceType.StatefulSets, "web", SecondImage);
        await UntilAsync(
            ResourceType.StatefulSets, "web", each => IsComplete(each) && (string?)each["status"]!["currentRevision"] != first);

        set = await GetAsync(ResourceType.StatefulSets, "web");
        Assert.Equal(
            "observedGeneration=2 replicas=3 readyReplicas=3 availableReplicas=3 currentReplicas=3 updatedReplicas=3 collisionCount=0",
            Numbers(set, Counters));
        Assert.Equal(
            [
                "Normal SuccessfulCreate: create Pod web-0 in StatefulSet web successful",
                "Normal SuccessfulCreate: create Pod web-1 in StatefulSet web successful",
                "Normal SuccessfulCreate: create Pod web-2 in StatefulSet web successful",
                "Normal SuccessfulDelete: delete Pod web-2 in StatefulSet web successful",
                "Normal SuccessfulDelete: delete Pod web-1 in StatefulSet web successful",
                "Normal SuccessfulDelete: delete Pod web-0 in StatefulSet web successful",
            ],
            await EventsAsync("StatefulSet", "web"));
    }

    /// <summary>A set whose pods are replaced on deletion leaves them alone, and makes a deleted one anew at the new revision.</summary>
    public async Task SetThatUpdatesOnDeleteAsync()
    {
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet(
            "kafka", 3, """{"podManagementPolicy":"Parallel","updateStrategy":{"type":"OnDelete"} }"""));
        await UntilAsync(ResourceType.StatefulSets, "kafka", IsComplete);
        string first = (string)(await GetAsync(ResourceType.StatefulSets, "kafka"))["status"]!["currentRevision"]!;

        await ChangeAsync(ResourceType.StatefulSets, "kafka", SecondImage);
        await UntilAsync(ResourceType.StatefulSets, "kafka", set => set.ObservedGeneration() == 2);
        JsonObject changed = await GetAsync(ResourceType.StatefulSets, "kafka");
        Assert.Equal(
            "observedGeneration=2 replicas=3 readyReplicas=3 availableReplicas=3 currentReplicas=3 updatedReplicas=- collisionCount=0",
            Numbers(changed, Counters));
        string second = (string)changed["status"]!["updateRevision"]!;
        Assert.NotEqual(first, second);

        for (int ordinal = 2; ordinal >= 0; ordinal--)
        {
            await ReplaceAsync($"kafka-{ordinal}");
            JsonObject pod = await GetAsync(ResourceType.Pods, $"kafka-{ordinal}");
            Assert.Equal((second, "lab/server:2"), (
                pod.Label("controller-revision-hash"), (string?)pod["spec"]!["containers"]![0]!["image"]));
        }

        await UntilAsync(ResourceType.StatefulSets, "kafka", set => IsComplete(set) && (int?)set["status"]!["updatedReplicas"] == 3);
        JsonObject rolled = await GetAsync(ResourceType.StatefulSets, "kafka");
        Assert.Equal((first, second), ((string?)rolled["status"]!["currentRevision"], (string?)rolled["status"]!["updateRevision"]));
        Assert.Equal(
            "observedGeneration=2 replicas=3 readyReplicas=3 availableReplicas=3 currentReplicas=- updatedReplicas=3 collisionCount=0",
            Numbers(rolled, Counters));
    }

    /// <summary>A partition keeps the pods below it at the old revision.</summary>
    public async Task PartitionAsync()
    {
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet(
            "part", 3, """{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2} } }"""));
        await UntilAsync(ResourceType.StatefulSets, "part", IsComplete);
        await ChangeAsync(ResourceType.StatefulSets, "part", SecondImage);
        await UntilAsync(ResourceType.StatefulSets, "part", each => IsComplete(each) && (int?)each["status"]!["updatedReplicas"] == 1);

        JsonObject set = await GetAsync(ResourceType.StatefulSets, "part");
        Assert.Equal(
            "observedGeneration=2 replicas=3 readyReplicas=3 availableReplicas=3 currentReplicas=2 updatedReplicas=1 collisionCount=0",
            Numbers(set, Counters));
        Assert.Equal(
            ((string?)set["status"]!["currentRevision"], (string?)set["status"]!["updateRevision"]),
            (await RevisionAsync("part-1"), await RevisionAsync("part-2")));
    }

    /// <summary>A smaller set loses its highest pods, one after the other, and keeps their claims.</summary>
    public async Task ScaleDownAsync()
    {
        JsonObject set = Workloads.StatefulSet("less", 3);
        await CreateAsync(ResourceType.StatefulSets, set);
        await UntilAsync(ResourceType.StatefulSets, "less", IsComplete);
        await ChangeAsync(ResourceType.StatefulSets, "less", """{"spec":{"replicas":1} }""");
        await UntilAsync(ResourceType.StatefulSets, "less", IsComplete);

        Assert.Equal(
            [
                "Normal SuccessfulDelete: delete Pod less-2 in StatefulSet less successful",
                "Normal SuccessfulDelete: delete Pod less-1 in StatefulSet less successful",
            ],
            (await EventsAsync("StatefulSet", "less")).Skip(3));
    }

    /// <summary>The revision of a template has the name that the real controller gives it.</summary>
    public async Task RevisionNameAsync()
    {
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("named", 1));
        await UntilAsync(ResourceType.StatefulSets, "named", IsComplete);
        Assert.Equal("named-5c9f6867b5", (string?)(await GetAsync(ResourceType.StatefulSets, "named"))["status"]!["updateRevision"]);
    }

    private async Task<string?> RevisionAsync(string pod) =>
        (await GetAsync(ResourceType.Pods, pod)).Label("controller-revision-hash");

    private const string SecondImage =
        """{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"lab/server:2"}]} } } }""";

    private async Task ReplaceAsync(string pod)
    {
        string uid = (await GetAsync(ResourceType.Pods, pod)).Uid();
        await cluster.DeleteAsync(ResourceType.Pods, _namespace, pod);
        await UntilAsync(ResourceType.Pods, pod, each => each.Uid() != uid && IsReady(each));
    }

    private static bool IsComplete(JsonObject set) =>
        set.ObservedGeneration() == set.Generation()
        && (int?)set["status"]!["availableReplicas"] == (int?)set["spec"]!["replicas"]
        && (int?)set["status"]!["replicas"] == (int?)set["spec"]!["replicas"];

    private static bool IsReady(JsonObject pod) => (pod["status"]?["conditions"] as JsonArray ?? [])
        .Any(each => (string?)each!["type"] == "Ready" && (string?)each["status"] == "True");

    private static IEnumerable<string> Sorted(JsonNode labels) =>
        labels.AsObject().Select(each => $"{each.Key}={each.Value}").Order(StringComparer.Ordinal);
}
