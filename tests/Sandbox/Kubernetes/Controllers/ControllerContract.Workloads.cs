using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

public sealed partial class ControllerContract
{
    /// <summary>A deployment rolls from one replica set to the next within its surge.</summary>
    public async Task DeploymentAsync()
    {
        JsonObject deployment = Workloads.StatefulSet("web", 3);
        deployment["kind"] = "Deployment";
        ((JsonObject)deployment["spec"]!).Remove("serviceName");
        await CreateAsync(ResourceType.Deployments, deployment);
        await UntilAsync(ResourceType.Deployments, "web", IsAvailable);
        string first = (await cluster.ListAsync(ResourceType.ReplicaSets, _namespace)).Single().Name();

        await ChangeAsync(ResourceType.Deployments, "web", SecondImage);
        await UntilAsync(ResourceType.Deployments, "web", each => each.ObservedGeneration() == 2 && IsAvailable(each));

        string second = (await cluster.ListAsync(ResourceType.ReplicaSets, _namespace)).Single(set => set.Name() != first).Name();
        JsonObject rolled = await GetAsync(ResourceType.Deployments, "web");
        Assert.Equal("2", rolled.Annotation("deployment.kubernetes.io/revision"));
        Assert.Equal(
            "observedGeneration=2 replicas=3 updatedReplicas=3 readyReplicas=3 availableReplicas=3 unavailableReplicas=-",
            Numbers(
                rolled, "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"));
        Assert.Equal(
            [
                "Available=True MinimumReplicasAvailable: Deployment has minimum availability.",
                "Progressing=True NewReplicaSetAvailable: ReplicaSet \"second\" has successfully progressed.",
            ],
            Conditions(rolled).Select(Named).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "Normal ScalingReplicaSet: Scaled up replica set first from 0 to 3",
                "Normal ScalingReplicaSet: Scaled up replica set second from 0 to 1",
                "Normal ScalingReplicaSet: Scaled down replica set first from 3 to 2",
                "Normal ScalingReplicaSet: Scaled up replica set second from 1 to 2",
                "Normal ScalingReplicaSet: Scaled down replica set first from 2 to 1",
                "Normal ScalingReplicaSet: Scaled up replica set second from 2 to 3",
                "Normal ScalingReplicaSet: Scaled down replica set first from 1 to 0",
            ],
            (await EventsAsync("Deployment", "web")).Select(Named));

        string Named(string text) =>
            text.Replace(first, "first", StringComparison.Ordinal).Replace(second, "second", StringComparison.Ordinal);
    }

    /// <summary>A job runs its pods to their end, and says so.</summary>
    public async Task JobAsync()
    {
        await CreateAsync(ResourceType.Jobs, Workloads.Parse(
            """
            {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"once"},"spec":{"template":{"spec":{
              "restartPolicy":"Never","containers":[{"name":"main","image":"lab/job:1"}]} } } }
            """));
        await UntilAsync(ResourceType.Jobs, "once", each => each["status"]?["completionTime"] is not null);

        JsonObject job = await GetAsync(ResourceType.Jobs, "once");
        Assert.Equal(
            "active=- succeeded=1 failed=- ready=0 terminating=0",
            Numbers(job, "active", "succeeded", "failed", "ready", "terminating"));
        Assert.Equal(
            [
                "SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods",
                "Complete=True CompletionsReached: Reached expected number of succeeded pods",
            ],
            Conditions(job));
        string pod = (await cluster.ListAsync(ResourceType.Pods, _namespace)).Single().Name();
        await cluster.UntilAsync(async () => (await EventsAsync("Job", "once")).Count == 2);
        Assert.Equal(
            [$"Normal SuccessfulCreate: Created pod: {pod}", "Normal Completed: Job completed"], await EventsAsync("Job", "once"));
    }

    /// <summary>A service knows the addresses of its pods, and which of them serve.</summary>
    public async Task EndpointsAsync()
    {
        await CreateAsync(ResourceType.Services, Workloads.Parse(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{
              "clusterIP":"None","selector":{"app":"web"},"ports":[{"name":"http","port":80,"targetPort":8080}]} }
            """));
        await CreateAsync(ResourceType.StatefulSets, Workloads.StatefulSet("web", 2));
        await UntilAsync(ResourceType.StatefulSets, "web", IsComplete);
        await cluster.UntilAsync(async () => (await SliceAsync())?["endpoints"] is JsonArray { Count: 2 } endpoints
            && endpoints.All(each => (bool?)each!["conditions"]!["ready"] == true));

        JsonObject slice = (await SliceAsync())!;
        Assert.Equal("""[{"name":"http","protocol":"TCP","port":8080}]""", Ordered(slice["ports"]!));
        Assert.Equal(
            ["web-0 web-0 ready", "web-1 web-1 ready"],
            ((JsonArray)slice["endpoints"]!).Select(each =>
                $"{each!["hostname"]} {each["targetRef"]!["name"]} {((bool?)each["conditions"]!["ready"] == true ? "ready" : "not ready")}")
                .Order(StringComparer.Ordinal));
    }

    private async Task<JsonObject?> SliceAsync() => (await cluster.ListAsync(ResourceType.EndpointSlices, _namespace)).SingleOrDefault();

    private static string Ordered(JsonNode ports)
    {
        JsonNode port = ports.AsArray().Single()!;
        return new JsonArray(new JsonObject
        {
            ["name"] = (string?)port["name"], ["protocol"] = (string?)port["protocol"], ["port"] = (int?)port["port"],
        }).ToJsonString();
    }

    private static bool IsAvailable(JsonObject deployment) =>
        deployment.ObservedGeneration() == deployment.Generation()
        && (int?)deployment["status"]!["availableReplicas"] == 3 && (int?)deployment["status"]!["updatedReplicas"] == 3
        && (int?)deployment["status"]!["replicas"] == 3;

    private static IEnumerable<string> Conditions(JsonObject obj) => ((JsonArray)obj["status"]!["conditions"]!)
        .Select(each => $"{each!["type"]}={each["status"]} {each["reason"]}: {each["message"]}");
}
