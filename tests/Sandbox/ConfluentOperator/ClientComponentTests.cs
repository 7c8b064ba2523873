using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

/// <summary>Components that are clients of Kafka: Connect and Schema Registry.</summary>
[Trait("Category", "Lab")]
[Collection(OperatorBenchCollection.Name)]
public sealed class ClientComponentTests(OperatorBench bench) : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    private CancellationToken Limit => _limit.Token;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Connect_CreatedAndGivenANewImage_IsRolledByItsStatefulSetAndReportedRunning()
    {
        string space = await NamespaceAsync();
        await bench.Kubernetes.CreateAsync(
            ConfluentResources.Connects, space, Resource("Connect", "connect", "confluentinc/cp-server-connect:8.1.0"), Limit);

        JsonNode status = (await RunningAsync(ConfluentResources.Connects, space, "connect"))["status"]!;
        Assert.Equal((2, 2, $"{space}.connect"), ((int?)status["replicas"], (int?)status["readyReplicas"], (string?)status["groupID"]));
        Assert.Equal("kafka.confluent:9071", (string?)status["kafka"]!["bootstrapEndpoint"]);
        Assert.Equal($"http://connect.{space}.svc.cluster.local:8083", (string?)status["restConfig"]!["internalEndpoint"]);
        JsonObject config = await bench.Kubernetes.GetAsync(ResourceType.ConfigMaps, space, "connect-shared-config", Limit);
        Assert.Contains($"group.id={space}.connect", ((string)config["data"]!["connect.properties"]!).Split('\n'));
        await bench.Kubernetes.GetAsync(ResourceType.Services, space, "connect-1-internal", Limit);

        await PatchAsync(
            ConfluentResources.Connects, space, "connect", """{"spec":{"image":{"application":"confluentinc/cp-server-connect:8.2.0"}}}""");
        await RunningAsync(ConfluentResources.Connects, space, "connect");
        ResourceList pods = await bench.Kubernetes.ListAsync(ResourceType.Pods, space, null, Limit);
        Assert.Equal(
            ["confluentinc/cp-server-connect:8.2.0", "confluentinc/cp-server-connect:8.2.0"],
            pods.Items.Select(pod => (string?)pod["spec"]!["containers"]![0]!["image"]));
    }

    [LabFact]
    public async Task SchemaRegistry_OfAReleaseThatTheOperatorDoesNotRun_IsRefusedUntilItIsOneThatItRuns()
    {
        string space = await NamespaceAsync();
        await bench.Kubernetes.CreateAsync(
            ConfluentResources.SchemaRegistries, space, Resource(
                "SchemaRegistry", "schemaregistry", "confluentinc/cp-schema-registry:9.0.0"), Limit);

        JsonObject refused = await WaitAsync(
            ConfluentResources.SchemaRegistries, space, "schemaregistry",
            found => (string?)found["status"]?["conditions"]?[0]?["reason"] == "UnsupportedVersion");
        Assert.Equal(
            "the operator 3.3.0 runs Confluent Platform 7.5 to 8.3, and image confluentinc/cp-schema-registry:9.0.0 is 9.0",
            (string?)refused["status"]!["conditions"]![0]!["message"]);
        Assert.Null(refused.ObservedGeneration());
        Assert.Null(await bench.Kubernetes.FindAsync(ResourceType.StatefulSets, space, "schemaregistry", Limit));

        await PatchAsync(
            ConfluentResources.SchemaRegistries, space, "schemaregistry",
            """{"spec":{"image":{"application":"confluentinc/cp-schema-registry:8.2.0"}}}""");
        await RunningAsync(ConfluentResources.SchemaRegistries, space, "schemaregistry");
    }

    private static JsonObject Resource(string kind, string name, string image) => (JsonObject)JsonNode.Parse($$"""
        {"apiVersion": "platform.confluent.io/v1beta1", "kind": "{{kind}}", "metadata": {"name": "{{name}}"},
         "spec": {"replicas": 2, "image": {"application": "{{image}}", "init": "confluentinc/confluent-init-container:3.3.0"},
                  "dependencies": {"kafka": {"bootstrapEndpoint": "kafka.confluent:9071"} } } }
        """)!;

    private async Task<string> NamespaceAsync()
    {
        JsonObject space = new() { ["metadata"] = new JsonObject { ["generateName"] = "clients-" } };
        return (await bench.Kubernetes.CreateAsync(ResourceType.Namespaces, null, space, Limit)).Name();
    }

    private Task PatchAsync(ResourceType type, string space, string name, string patch) =>
        bench.Kubernetes.MergePatchAsync(type, space, name, (JsonObject)JsonNode.Parse(patch)!, null, Limit);

    private Task<JsonObject> RunningAsync(ResourceType type, string space, string name) => WaitAsync(
        type, space, name, found => (string?)found["status"]?["phase"] == "RUNNING" && found.ObservedGeneration() == found.Generation());

    private async Task<JsonObject> WaitAsync(ResourceType type, string space, string name, Func<JsonObject, bool> isWanted)
    {
        while (true)
        {
            JsonObject found = await bench.Kubernetes.GetAsync(type, space, name, Limit);
            if (isWanted(found))
            {
                return found;
            }

            await Task.Delay(100, Limit);
        }
    }
}
