using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

public sealed partial class ControllerContract
{
    /// <summary>A set that is deleted with <c>Orphan</c> leaves its pods, and one of its name takes them over.</summary>
    public async Task OrphansAsync()
    {
        JsonObject set = Workloads.StatefulSet("kept", 2, """{"podManagementPolicy":"Parallel"}""");
        await CreateAsync(ResourceType.StatefulSets, set);
        await UntilAsync(ResourceType.StatefulSets, "kept", IsComplete);
        string uid = (await GetAsync(ResourceType.Pods, "kept-0")).Uid();

        await cluster.DeleteAsync(ResourceType.StatefulSets, _namespace, "kept", "Orphan");
        await UntilGoneAsync(ResourceType.StatefulSets, "kept");
        Assert.Null((await GetAsync(ResourceType.Pods, "kept-0"))["metadata"]!["ownerReferences"]);

        await CreateAsync(ResourceType.StatefulSets, set);
        await UntilAsync(ResourceType.StatefulSets, "kept", IsComplete);
        JsonObject adopted = await GetAsync(ResourceType.Pods, "kept-0");
        Assert.Equal(
            (uid, (await GetAsync(ResourceType.StatefulSets, "kept")).Uid()),
            (adopted.Uid(), (string?)adopted["metadata"]!["ownerReferences"]![0]!["uid"]));
        Assert.Equal([], await EventsOfAsync((await GetAsync(ResourceType.StatefulSets, "kept")).Uid()));
    }

    /// <summary>What a deleted object owns goes with it, and before it where it is deleted in the foreground.</summary>
    public async Task CascadesAsync()
    {
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("back", 1));
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("fore", 1));
        await UntilAsync(ResourceType.Pods, "back-0", IsReady);
        await UntilAsync(ResourceType.Pods, "fore-0", IsReady);

        await cluster.DeleteAsync(ResourceType.StatefulSets, _namespace, "back", "Background");
        Assert.Null(await cluster.FindAsync(ResourceType.StatefulSets, _namespace, "back"));
        await UntilGoneAsync(ResourceType.Pods, "back-0");

        await cluster.DeleteAsync(ResourceType.StatefulSets, _namespace, "fore", "Foreground");
        Assert.Equal(
            """["foregroundDeletion"]""", (await GetAsync(ResourceType.StatefulSets, "fore"))["metadata"]!["finalizers"]!.ToJsonString());
        await UntilGoneAsync(ResourceType.StatefulSets, "fore");
        Assert.Null(await cluster.FindAsync(ResourceType.Pods, _namespace, "fore-0"));
    }

    /// <summary>A quota that is used up keeps pods from being created, and an event says in numbers why.</summary>
    public async Task QuotaAsync()
    {
        await CreateAsync(ResourceType.ResourceQuotas, Workloads.Parse(
            """{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"small"},"spec":{"hard":{"pods":"1"} } }"""));
        await UntilAsync(ResourceType.ResourceQuotas, "small", each => (string?)each["status"]?["used"]?["pods"] == "0");
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("web", 2));
        await cluster.UntilAsync(async () => (await EventsAsync("StatefulSet", "web")).Count == 2);

        Assert.Equal(
            [
                "Normal SuccessfulCreate: create Pod web-0 in StatefulSet web successful",
                "Warning FailedCreate: create Pod web-1 in StatefulSet web failed error: pods \"web-1\" is forbidden: " +
                "exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1",
            ],
            await EventsAsync("StatefulSet", "web"));
        Assert.Equal("1", (string?)(await GetAsync(ResourceType.ResourceQuotas, "small"))["status"]!["used"]!["pods"]);
    }

    private async Task<IReadOnlyList<string>> EventsOfAsync(string uid) =>
    [
        .. (await cluster.ListAsync(ResourceType.Events, _namespace)).Where(each => (string?)each["involvedObject"]!["uid"] == uid)
            .Select(each => $"{each["reason"]}: {each["message"]}"),
    ];
}
