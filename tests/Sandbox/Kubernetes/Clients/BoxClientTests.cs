using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Crds;
using Orchestrator.Sandbox.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Clients;

/// <summary>What uses the box as a client: the official one, our calls on top of it, and the Confluent operator.</summary>
public sealed class BoxClientTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-box-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));
    private KubernetesBox _box = null!;

    private string Config => Path.Combine(_folder, "kubeconfig");

    public async Task InitializeAsync()
    {
        _box = await KubernetesBox.StartAsync();
        await File.WriteAllTextAsync(Config, _box.Kubeconfig());
    }

    public void Dispose() => _limit.Dispose();

    public async Task DisposeAsync()
    {
        await _box.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task OfficialClient_WritesReadsAndWatchesItsTypes()
    {
        using k8s.Kubernetes client = new(KubernetesClientConfiguration.BuildConfigFromConfigFile(Config));
        V1Pod pod = new()
        {
            Metadata = new() { Name = "p" },
            Spec = new() { Containers = [new() { Name = "one", Image = "x:1" }] },
        };
        await client.CreateNamespacedPodAsync(pod, "default", cancellationToken: _limit.Token);

        List<string> told = [];
        await foreach ((WatchEventType type, V1Pod seen) in
            client.CoreV1.WatchListNamespacedPodAsync("default", cancellationToken: _limit.Token))
        {
            told.Add($"{type} {seen.Metadata.Name} {seen.Status.Phase}");
            if (type == WatchEventType.Deleted)
            {
                break;
            }

            await client.DeleteNamespacedPodAsync("p", "default", cancellationToken: _limit.Token);
        }

        Assert.Equal(["Added p Pending", "Deleted p Pending"], told);
    }

    [Fact]
    public async Task ConfluentOperator_MakesWhatItsResourcesAskFor()
    {
        using IKubernetes kubernetes = Kubeconfig.Load(Config, null).Open(TimeProvider.System);
        foreach (JsonObject definition in ConfluentCrds.Minimal())
        {
            await kubernetes.CreateAsync(ResourceType.CustomResourceDefinitions, null, definition, _limit.Token);
        }

        JsonObject controllers = Component("KRaftController", "kraftcontroller");
        await kubernetes.CreateAsync(ConfluentResources.KRaftControllers, "default", controllers, _limit.Token);
        using CfkOperator cfk = new(kubernetes, new(), NullLogger.Instance);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
        Task run = cfk.RunAsync(stop.Token);
        WatchOptions options = new() { FieldSelector = "metadata.name=kraftcontroller" };
        await foreach (WatchEvent change in kubernetes.WatchAsync(ConfluentResources.KRaftControllers, "default", options, _limit.Token))
        {
            if (change.Type != WatchEventType.Bookmark && change.Object["status"]?["phase"] is not null)
            {
                break;
            }
        }

        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        JsonObject set = await kubernetes.GetAsync(ResourceType.StatefulSets, "default", "kraftcontroller", _limit.Token);
        Assert.Equal("OnDelete", (string?)set["spec"]!["updateStrategy"]!["type"]);
        Assert.Equal("confluent-operator", (string?)set["metadata"]!["managedFields"]![0]!["manager"]);
        ResourceList services = await kubernetes.ListAsync(ResourceType.Services, "default", new(), _limit.Token);
        Assert.Contains("kraftcontroller", services.Items.Select(each => each.Name()));
    }

    private static JsonObject Component(string kind, string name) => Manifests.Parse($$"""
        apiVersion: platform.confluent.io/v1beta1
        kind: {{kind}}
        metadata: {name: {{name}}}
        spec:
          replicas: 3
          image: {application: "confluentinc/cp-server:8.1.0", init: "confluentinc/confluent-init-container:3.1.0"}
          dataVolumeCapacity: 10Gi
        """)[0];
}
