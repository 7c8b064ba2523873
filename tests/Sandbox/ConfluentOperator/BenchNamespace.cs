using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

/// <summary>One test's namespace: its two resources, and the deletions of their pods.</summary>
public sealed class BenchNamespace(IKubernetes kubernetes, string name) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _deleted = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _watch = Task.CompletedTask;

    /// <summary>
    /// The pods whose deletion was asked for, in the order of the first time. What pretends the pods now and then deletes one of the same
    /// name
    /// a second time; that each goes once is tested where they are real.
    /// </summary>
    public IReadOnlyList<string> Deleted => [.. _deleted];

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        JsonObject metadata = new() { ["name"] = name };
        await kubernetes.CreateAsync(ResourceType.Namespaces, null, new() { ["metadata"] = metadata }, cancellationToken);
        _watch = WatchAsync(_stop.Token);
        foreach ((string set, int ordinal) in
            from set in new[] { "kraftcontroller", "kafka" } from ordinal in Enumerable.Range(0, 3) select (set, ordinal))
        {
            await kubernetes.CreateAsync(ResourceType.PersistentVolumes, null, Volume($"data0-{set}-{ordinal}"), cancellationToken);
        }

        await kubernetes.CreateAsync(
            ConfluentResources.KRaftControllers, name, Component("KRaftController", "kraftcontroller"), cancellationToken);
        JsonObject kafka = Component("Kafka", "kafka");
        kafka["spec"]!["dependencies"] = new JsonObject
        {
            ["kRaftController"] = new JsonObject { ["clusterRef"] = new JsonObject { ["name"] = "kraftcontroller" } },
        };
        await kubernetes.CreateAsync(ConfluentResources.Kafkas, name, kafka, cancellationToken);
        await WaitUntilRunningAsync(cancellationToken);
    }

    public Task<JsonObject> KafkaAsync(CancellationToken cancellationToken) =>
        kubernetes.GetAsync(ConfluentResources.Kafkas, name, "kafka", cancellationToken);

    public Task<JsonObject?> FindAsync(ResourceType type, string objectName, CancellationToken cancellationToken) =>
        kubernetes.FindAsync(type, name, objectName, cancellationToken);

    /// <summary>Changes the <c>Kafka</c> resource by a merge patch.</summary>
    public Task PatchAsync(string patch, CancellationToken cancellationToken) =>
        kubernetes.MergePatchAsync(ConfluentResources.Kafkas, name, "kafka", (JsonObject)JsonNode.Parse(patch)!, null, cancellationToken);

    /// <summary>Asks for a restart of every broker.</summary>
    public Task RollAsync(CancellationToken cancellationToken) => PatchAsync(
        $$"""{"spec":{"podTemplate":{"annotations":{"kafkacluster-manual-roll":"{{Guid.NewGuid()}}" } } } }""", cancellationToken);

    public Task DeleteAsync(ResourceType type, string objectName, CancellationToken cancellationToken) =>
        kubernetes.DeleteAsync(type, name, objectName, null, cancellationToken);

    public Task WaitUntilRunningAsync(CancellationToken cancellationToken) => WaitUntilAsync(
        kafka => (string?)kafka["status"]?["phase"] == "RUNNING" && kafka.ObservedGeneration() == kafka.Generation(), cancellationToken);

    /// <summary>Waits until the <c>Kafka</c> resource is as wanted.</summary>
    public async Task<JsonObject> WaitUntilAsync(Func<JsonObject, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            JsonObject kafka = await KafkaAsync(cancellationToken);
            if (isWanted(kafka))
            {
                return kafka;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await kubernetes.DeleteAsync(ResourceType.Namespaces, null, name, null, CancellationToken.None);
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        HashSet<string> seen = [];
        await foreach (WatchEvent change in kubernetes.WatchAsync(ResourceType.Pods, name, new(), cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark && change.Object.DeletedAt() is not null && seen.Add(change.Object.Name()))
            {
                _deleted.Enqueue(change.Object.Name());
            }
        }
    }

    private JsonObject Volume(string claim) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = $"{name}-{claim}" },
        ["spec"] = new JsonObject
        {
            ["storageClassName"] = name,
            ["capacity"] = new JsonObject { ["storage"] = "10Gi" },
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["hostPath"] = new JsonObject { ["path"] = $"/nowhere/{claim}" },
            ["claimRef"] = new JsonObject { ["namespace"] = name, ["name"] = claim },
        },
    };

    private JsonObject Component(string kind, string componentName) => new()
    {
        ["apiVersion"] = "platform.confluent.io/v1beta1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = componentName },
        ["spec"] = new JsonObject
        {
            ["replicas"] = 3,
            ["dataVolumeCapacity"] = "10Gi",
            ["storageClass"] = new JsonObject { ["name"] = name },
            ["image"] = new JsonObject
            {
                ["application"] = "confluentinc/cp-server:4.2.0",
                ["init"] = "confluentinc/confluent-init-container:3.3.0",
            },
        },
    };
}
