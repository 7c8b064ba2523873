using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>What can go wrong with the pods and nodes of the box, and how it is seen.</summary>
public sealed class ClusterFaultTests : IAsyncLifetime
{
    private readonly BoxCluster _cluster = BoxCluster.Start();

    public async Task InitializeAsync()
    {
        _cluster.ControlPlane.AddNodes(3);
        await _cluster.CreateAsync(
            ResourceType.StatefulSets, "default", Workloads.StatefulSet("web", 3, """{"podManagementPolicy":"Parallel"}"""));
        await _cluster.UntilAsync(async () => (int?)(await SetAsync())["status"]?["readyReplicas"] == 3);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task KilledPod_StartsAgainAtOnce_AndThenBacksOff()
    {
        await _cluster.ControlPlane.Faults.KillPodAsync("default", "web-1");
        await UntilAsync("web-1", pod => (int?)Container(pod)["restartCount"] == 1 && (bool)Container(pod)["ready"]!);
        Assert.Equal(137, (int?)Container(await PodAsync("web-1"))["lastState"]!["terminated"]!["exitCode"]);

        await _cluster.ControlPlane.Faults.KillPodAsync("default", "web-1");
        JsonObject waiting = await UntilAsync("web-1", pod => Container(pod)["state"]!["waiting"] is not null);
        DateTimeOffset then = _cluster.Time.Now;
        Assert.Equal(
            ("CrashLoopBackOff", $"back-off 10s restarting failed container=main pod=web-1_default({waiting.Uid()})"),
            ((string?)Container(waiting)["state"]!["waiting"]!["reason"], (string?)Container(waiting)["state"]!["waiting"]!["message"]));
        await UntilAsync("web-1", pod => Container(pod)["state"]!["running"] is not null);
        Assert.Equal(TimeSpan.FromSeconds(10), _cluster.Time.Now - then);
    }

    [Fact]
    public async Task PodThatIsKeptUnready_StaysSo_AlsoWhenItIsReplaced()
    {
        await _cluster.ControlPlane.Faults.KeepUnreadyAsync("default", "web-0");
        await UntilAsync("web-0", pod => !(bool)Container(pod)["ready"]!);
        await _cluster.DeleteAsync(ResourceType.Pods, "default", "web-0");
        string uid = (await PodAsync("web-0")).Uid();
        await UntilAsync("web-0", pod => pod.Uid() != uid && (string?)pod["status"]?["phase"] == "Running");
        await _cluster.Time.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(
            (2, false), ((int?)(await SetAsync())["status"]!["readyReplicas"], (bool?)Container(await PodAsync("web-0"))["ready"]));

        await _cluster.ControlPlane.Faults.LetReadyAsync("default", "web-0");
        await UntilAsync("web-0", pod => (bool)Container(pod)["ready"]!);
    }

    [Fact]
    public async Task ImageThatCannotBePulled_IsTriedAgain_UntilItCan()
    {
        await _cluster.ControlPlane.Faults.KeepFromPullingAsync("lab/server:1");
        await _cluster.DeleteAsync(ResourceType.Pods, "default", "web-2");
        await UntilAsync("web-2", pod => (string?)Container(pod)?["state"]?["waiting"]?["reason"] == "ImagePullBackOff");
        await _cluster.ControlPlane.Faults.LetPullAsync("lab/server:1");
        await UntilAsync("web-2", pod => (bool?)Container(pod)?["ready"] == true);
    }

    [Fact]
    public async Task NodeThatIsSwitchedOff_IsUnknownAfterItsGrace_AndLosesItsPodsAfterFiveMinutes()
    {
        string node = (string)(await PodAsync("web-0"))["spec"]!["nodeName"]!;
        DateTimeOffset begun = _cluster.Time.Now;
        await _cluster.ControlPlane.Faults.SwitchOffAsync(node);
        await UntilAsync("web-0", pod => !IsReady(pod));
        Assert.Equal(TimeSpan.FromSeconds(50), _cluster.Time.Now - begun);

        await UntilAsync("web-0", pod => pod.DeletedAt() is not null);
        Assert.Equal(TimeSpan.FromSeconds(350), _cluster.Time.Now - begun);
        await _cluster.Time.AdvanceAsync(TimeSpan.FromHours(1));
        string uid = (await PodAsync("web-0")).Uid();
        Assert.NotNull((await PodAsync("web-0")).DeletedAt());

        await _cluster.ControlPlane.Faults.SwitchOnAsync(node);
        await UntilAsync("web-0", pod => pod.Uid() != uid && IsReady(pod));
    }

    [Fact]
    public async Task FullDisk_KeepsFurtherPodsOffTheNode()
    {
        await _cluster.ControlPlane.Faults.FillDiskAsync("node-0");
        await _cluster.CreateAsync(
            ResourceType.Pods, "default", Workloads.Pod("late", """{"nodeSelector":{"kubernetes.io/hostname":"node-0"} }"""));
        await UntilAsync("late", pod => pod["status"]?["conditions"] is JsonArray { Count: > 0 });
        Assert.Null((await PodAsync("late"))["spec"]!["nodeName"]);

        await _cluster.ControlPlane.Faults.FreeDiskAsync("node-0");
        await UntilAsync("late", IsReady);
    }

    private async Task<JsonObject> SetAsync() => (await _cluster.FindAsync(ResourceType.StatefulSets, "default", "web"))!;

    private async Task<JsonObject> PodAsync(string name) => (await _cluster.FindAsync(ResourceType.Pods, "default", name))!;

    private async Task<JsonObject> UntilAsync(string name, Func<JsonObject, bool> isReached)
    {
        JsonObject? pod = null;
        await _cluster.UntilAsync(async () =>
            (pod = await _cluster.FindAsync(ResourceType.Pods, "default", name)) is not null && isReached(pod));
        return pod!;
    }

    private static JsonNode Container(JsonObject pod) => pod["status"]?["containerStatuses"]?[0]!;

    private static bool IsReady(JsonObject pod) => (pod["status"]?["conditions"] as JsonArray ?? [])
        .Any(each => (string?)each!["type"] == "Ready" && (string?)each["status"] == "True");
}
