using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>A cluster whose controllers are held to the contract: the one in the box, or a real control plane on pretended nodes.</summary>
public interface ITestCluster
{
    /// <summary>Creates an object in a namespace, or in the cluster where that is null.</summary>
    Task<JsonObject> CreateAsync(ResourceType type, string? @namespace, JsonObject obj);

    /// <summary>Changes an object but for its status.</summary>
    Task ChangeAsync(ResourceType type, string? @namespace, string name, JsonObject mergePatch);

    /// <summary>An object; null where it is not there.</summary>
    Task<JsonObject?> FindAsync(ResourceType type, string? @namespace, string name);

    /// <summary>The objects of a namespace, or of the cluster where that is null.</summary>
    Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type, string? @namespace);

    /// <summary>Deletes an object.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="namespace">Its namespace; null for an object of the cluster.</param>
    /// <param name="name">Its name.</param>
    /// <param name="propagation"><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>; null: what the kind does by itself.</param>
    Task DeleteAsync(ResourceType type, string? @namespace, string name, string? propagation = null);

    /// <summary>Evicts a pod; what the API says against it, null where nothing.</summary>
    Task<string?> EvictAsync(string @namespace, string pod);

    /// <summary>Waits until a condition holds.</summary>
    Task UntilAsync(Func<Task<bool>> isReached);
}
