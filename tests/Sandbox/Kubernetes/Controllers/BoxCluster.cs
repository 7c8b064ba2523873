using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers;
using Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>The cluster in the box, in skipped time.</summary>
public sealed class BoxCluster : ITestCluster, IAsyncDisposable
{
    private static readonly WriteOptions Client = new() { FieldManager = "test" };

    public BoxCluster(ControlPlaneOptions? options = null)
    {
        Api = new KubernetesApi(new ObjectStore(Time));
        ControlPlane = ControlPlane.Start(Api, Time, options);
    }

    /// <summary>A cluster whose pods go by the defaults of a script.</summary>
    public static BoxCluster Start() => new();

    public BoxTime Time { get; } = new(skips: true);

    public KubernetesApi Api { get; }

    public ControlPlane ControlPlane { get; }

    public Task<JsonObject> CreateAsync(ResourceType type, string? @namespace, JsonObject obj)
    {
        JsonObject created = (JsonObject)obj.DeepClone();
        if (@namespace is not null)
        {
            created["metadata"]!["namespace"] = @namespace;
        }

        return Task.FromResult(Api.Create(type, created, Client).ToJson());
    }

    public Task ChangeAsync(ResourceType type, string? @namespace, string name, JsonObject mergePatch)
    {
        Api.Update(
            new ObjectKey(type, @namespace, name),
            obj =>
            {
                Merge(obj, mergePatch);
                return true;
            },
            Client);
        return Task.CompletedTask;
    }

    public Task<JsonObject?> FindAsync(ResourceType type, string? @namespace, string name) =>
        Task.FromResult(Api.Store.Find(type, @namespace, name)?.ToJson());

    public Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type, string? @namespace) =>
        Task.FromResult<IReadOnlyList<JsonObject>>([.. Api.Store.List(type, @namespace).Objects.Select(each => each.ToJson())]);

    public Task DeleteAsync(ResourceType type, string? @namespace, string name, string? propagation = null)
    {
        Api.Delete(new ObjectKey(type, @namespace, name), new DeletionOptions { PropagationPolicy = propagation });
        return Task.CompletedTask;
    }

    public Task<string?> EvictAsync(string @namespace, string pod)
    {
        try
        {
            Eviction.Evict(Api, @namespace, pod);
            return Task.FromResult<string?>(null);
        }
        catch (StatusException e)
        {
            JsonArray causes = e.ToJson()["details"]?["causes"] as JsonArray ?? [];
            return Task.FromResult<string?>(string.Join(' ', [e.Message, .. causes.Select(cause => (string)cause!["message"]!)]));
        }
    }

    public Task UntilAsync(Func<Task<bool>> isReached) => Time.UntilAsync(isReached);

    public async ValueTask DisposeAsync()
    {
        await ControlPlane.DisposeAsync();
        Time.Dispose();
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is JsonObject part && target[name] is JsonObject present)
            {
                Merge(present, part);
            }
            else if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
