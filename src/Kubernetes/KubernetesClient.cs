using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// A client of one cluster's Kubernetes API. Objects go in and out as JSON; every call ends within
/// <see cref="KubernetesClientOptions.Timeout"/>; every failure is a <see cref="KubernetesException"/> that names the object.
/// Thread-safe; make one per cluster.
/// </summary>
public sealed partial class KubernetesClient : IDisposable
{
    private readonly ApiConnection _connection;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <exception cref="KubeconfigException">A certificate or key of the options cannot be read.</exception>
    public KubernetesClient(KubernetesClientOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        Options = options;
        _connection = new ApiConnection(options, timeProvider);
    }

    /// <summary>What the client was made with.</summary>
    public KubernetesClientOptions Options { get; }

    /// <summary>Reads an object.</summary>
    /// <exception cref="KubernetesException">It is missing (<see cref="KubernetesException.IsNotFound"/>), or the call failed.</exception>
    public Task<JsonObject> GetAsync(ResourceType type, string? @namespace, string name, CancellationToken cancellationToken) =>
        GetAsync(ResourceAddress.Object(type, @namespace, name), cancellationToken);

    /// <summary>Reads a part of an object that has an address of its own, such as <c>scale</c>.</summary>
    /// <exception cref="KubernetesException">The object is missing, or the call failed.</exception>
    public Task<JsonObject> GetAsync(ResourceType type, string? @namespace, string name, string subresource, CancellationToken cancellationToken) =>
        GetAsync(ResourceAddress.Object(type, @namespace, name, subresource), cancellationToken);

    /// <summary>Reads an object that may be missing: null only when the server says that this object is not there.</summary>
    /// <exception cref="KubernetesException">The call failed; also when the server does not know objects of this kind.</exception>
    public async Task<JsonObject?> FindAsync(ResourceType type, string? @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(type, @namespace, name, cancellationToken);
        }
        catch (KubernetesException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads a collection, its pages joined: all objects at one resourceVersion. Null as namespace means all namespaces.</summary>
    /// <exception cref="KubernetesException">A page could not be read; there is no partial list.</exception>
    public Task<ResourceList> ListAsync(ResourceType type, string? @namespace, ListOptions? options, CancellationToken cancellationToken) =>
        Reader(type, @namespace, options).ReadAllAsync(cancellationToken);

    /// <summary>
    /// Reads a collection object by object, holding one page at most. A reader that takes longer than the server keeps the old state
    /// (5 minutes or more) gets <see cref="KubernetesException.IsExpired"/>.
    /// </summary>
    /// <exception cref="KubernetesException">A page could not be read; what came before was not the whole list.</exception>
    public IAsyncEnumerable<JsonObject> StreamAsync(ResourceType type, string? @namespace, ListOptions? options, CancellationToken cancellationToken) =>
        Reader(type, @namespace, options).StreamAsync(cancellationToken);

    /// <summary>Closes the connections; calls under way fail.</summary>
    public void Dispose() => _connection.Dispose();

    private Task<JsonObject> GetAsync(ResourceAddress address, CancellationToken cancellationToken) =>
        _connection.SendForObjectAsync(new ApiRequest("GET", HttpMethod.Get, address.ToString(), address.Path), cancellationToken);

    private ListReader Reader(ResourceType type, string? @namespace, ListOptions? options) =>
        new(_connection, ResourceAddress.Collection(type, @namespace), options ?? new ListOptions());
}
