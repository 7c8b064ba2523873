using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>A real control plane whose nodes and pods are pretended.</summary>
public sealed class LabCluster : ITestCluster, IAsyncLifetime, IDisposable
{
    private LabServers? _servers;
    private IKubernetes? _kubernetes;

    private IKubernetes Kubernetes => _kubernetes ?? throw new InvalidOperationException(LabTools.MissingReason);

    /// <summary>The kubeconfig of somebody who may do everything.</summary>
    public string ReadKubeconfig() => File.ReadAllText(_servers?.Kubeconfig ?? throw new InvalidOperationException(LabTools.MissingReason));

    public async Task InitializeAsync()
    {
        // Without the lab's programs every test is skipped; the runner makes the fixture all the same.
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync("kube");
        _kubernetes = Kubeconfig.Load(_servers.Kubeconfig, null).Open(TimeProvider.System);
        for (int number = 0; number < 3; number++)
        {
            await CreateAsync(ResourceType.Nodes, null, Node($"node-{number}", $"zone-{(char)('a' + number)}"));
        }

        await UntilAsync(async () => (await ListAsync(ResourceType.Nodes, null)).All(node =>
            node["spec"]?["taints"] is null && (node["status"]?["conditions"] as JsonArray ?? [])
                .Any(each => (string?)each!["type"] == "Ready" && (string?)each["status"] == "True")));
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    public void Dispose() => _kubernetes?.Dispose();

    public Task<JsonObject> CreateAsync(ResourceType type, string? @namespace, JsonObject obj) =>
        Kubernetes.CreateAsync(type, @namespace, (JsonObject)obj.DeepClone(), CancellationToken.None);

    public Task ChangeAsync(ResourceType type, string? @namespace, string name, JsonObject mergePatch) =>
        Kubernetes.MergePatchAsync(type, @namespace, name, mergePatch, null, CancellationToken.None);

    public Task<JsonObject?> FindAsync(ResourceType type, string? @namespace, string name) =>
        Kubernetes.FindAsync(type, @namespace, name, CancellationToken.None);

    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type, string? @namespace) =>
        (await Kubernetes.ListAsync(type, @namespace, null, CancellationToken.None)).Items;

    public Task DeleteAsync(ResourceType type, string? @namespace, string name, string? propagation = null) =>
        Kubernetes.DeleteAsync(
            type, @namespace, name, new DeleteOptions { PropagationPolicy = propagation }, CancellationToken.None);

    public async Task<string?> EvictAsync(string @namespace, string pod) =>
        (await Kubernetes.EvictAsync(@namespace, pod, null, CancellationToken.None)).Refusal;

    public async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        while (!await isReached())
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static JsonObject Node(string name, string zone) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject { ["kubernetes.io/hostname"] = name, ["topology.kubernetes.io/zone"] = zone },
            ["annotations"] = new JsonObject { ["kwok.x-k8s.io/node"] = "fake" },
        },
    };
}
