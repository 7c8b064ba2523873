using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Orchestrator.Kubernetes;

/// <summary>
/// Reads and writes of objects of any kind, as JSON, so that custom resources need no generated classes and no field is lost. Names are
/// checked before an address is built. Every call ends within <see cref="ClusterConnection.Timeout"/>, every failure is an
/// <see cref="ApiException"/>; every write carries our field manager and is validated strictly.
/// </summary>
public static class ObjectCalls
{
    /// <summary>Reads an object.</summary>
    /// <exception cref="ApiException">It is missing (<see cref="ApiException.IsNotFound"/>), or the call failed.</exception>
    public static Task<JsonObject> GetAsync(
        this IKubernetes kubernetes, ResourceType type, string? @namespace, string name, CancellationToken cancellationToken) =>
        kubernetes.GetAsync(type, @namespace, name, null, cancellationToken);

    /// <summary>
    /// Reads a part of an object that has an address of its own, <c>status</c> or <c>scale</c>; null for the object itself.
    /// </summary>
    /// <exception cref="ApiException">The object is missing, or the call failed.</exception>
    public static Task<JsonObject> GetAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        string? subresource,
        CancellationToken cancellationToken) =>
        ResourceAddress.Object(type, @namespace, name, subresource).GetAsync(Objects(kubernetes), cancellationToken);

    /// <summary>Reads an object that may be missing: null only when the server says that this object is not there.</summary>
    /// <exception cref="ApiException">The call failed; also when the server does not know objects of this kind.</exception>
    public static async Task<JsonObject?> FindAsync(
        this IKubernetes kubernetes, ResourceType type, string? @namespace, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await kubernetes.GetAsync(type, @namespace, name, cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Reads a collection, its pages joined: all objects at one resourceVersion. Null as namespace means all namespaces.</summary>
    /// <exception cref="ApiException">A page could not be read; there is no partial list.</exception>
    public static Task<ResourceList> ListAsync(
        this IKubernetes kubernetes, ResourceType type, string? @namespace, ListOptions? options, CancellationToken cancellationToken) =>
        Reader(kubernetes, type, @namespace, options).ReadAllAsync(cancellationToken);

    /// <summary>
    /// Reads a collection object by object, holding one page at most. A reader that takes longer than the server keeps the old state
    /// (5 minutes or more) gets <see cref="ApiException.IsExpired"/>.
    /// </summary>
    /// <exception cref="ApiException">A page could not be read; what came before was not the whole list.</exception>
    public static IAsyncEnumerable<JsonObject> StreamAsync(
        this IKubernetes kubernetes, ResourceType type, string? @namespace, ListOptions? options, CancellationToken cancellationToken) =>
        Reader(kubernetes, type, @namespace, options).StreamAsync(cancellationToken);

    /// <summary>Creates an object; its <c>metadata</c> holds <c>name</c> or <c>generateName</c>. Answers with what was created.</summary>
    /// <exception cref="ApiException">The name is taken (<see cref="ApiException.IsAlreadyExists"/>), or the call failed.</exception>
    public static Task<JsonObject> CreateAsync(
        this IKubernetes kubernetes, ResourceType type, string? @namespace, JsonObject obj, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return ResourceAddress.NewObject(type, @namespace).CreateAsync(Objects(kubernetes), obj, cancellationToken);
    }

    /// <summary>
    /// Puts the object in the place of the one that is there. With a <c>metadata.resourceVersion</c>, only if that is still the version
    /// there. Answers with what is there now.
    /// </summary>
    /// <exception cref="ApiException">The object has changed (<see cref="ApiException.IsConflict"/>), or the call failed.</exception>
    public static Task<JsonObject> ReplaceAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        JsonObject obj,
        string? subresource,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return ResourceAddress.Object(type, @namespace, name, subresource).ReplaceAsync(Objects(kubernetes), obj, cancellationToken);
    }

    /// <summary>Server-side apply: the fields of <paramref name="obj"/> become so, and ours. Answers with what is there now.</summary>
    /// <exception cref="ApiException">Another manager owns a field (<see cref="ApiException.IsConflict"/>), or the call failed.</exception>
    public static Task<JsonObject> ApplyAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        JsonObject obj,
        ApplyOptions? options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(obj);
        options ??= new ApplyOptions();
        return ResourceAddress.Object(type, @namespace, name, options.Subresource).PatchAsync(
            Objects(kubernetes),
            new V1Patch(obj, V1Patch.PatchType.ApplyPatch),
            options.FieldManager,
            options.Force ? true : null,
            options.DryRun ? "All" : null,
            cancellationToken);
    }

    /// <summary>JSON merge patch (RFC 7386): lists are replaced as a whole, null removes. Answers with what is there now.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    public static Task<JsonObject> MergePatchAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        JsonObject patch,
        string? subresource,
        CancellationToken cancellationToken) =>
        PatchAsync(
            kubernetes,
            ResourceAddress.Object(type, @namespace, name, subresource),
            patch,
            V1Patch.PatchType.MergePatch,
            cancellationToken);

    /// <summary>JSON patch (RFC 6902): <c>test</c> operations make it conditional. Answers with what is there now.</summary>
    /// <exception cref="ApiException">A test does not hold (422 <c>Invalid</c>), or the call failed.</exception>
    public static Task<JsonObject> JsonPatchAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        JsonArray patch,
        string? subresource,
        CancellationToken cancellationToken) =>
        PatchAsync(
            kubernetes, ResourceAddress.Object(type, @namespace, name, subresource), patch, V1Patch.PatchType.JsonPatch, cancellationToken);

    /// <summary>Asks for the object's deletion, which finalizers and a grace period may delay.</summary>
    /// <exception cref="ApiException">
    /// It is not there (<see cref="ApiException.IsNotFound"/>), a precondition does not hold (<see cref="ApiException.IsConflict"/>), or
    /// the
    /// call failed.
    /// </exception>
    public static Task DeleteAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        string name,
        DeleteOptions? options,
        CancellationToken cancellationToken) =>
        ResourceAddress.Object(type, @namespace, name).DeleteAsync(
            Objects(kubernetes), (options ?? new DeleteOptions()).ToModel(), cancellationToken);

    /// <summary>
    /// Tells the changes of a collection for as long as the caller listens. The watch outlives its connections and outages of up to
    /// <see cref="WatchOptions.MaxOutage"/>; an error before its first success is thrown at once.
    /// <para>
    /// Without <see cref="WatchOptions.ResourceVersion"/> it begins with an Added for each object that is there and a Bookmark
    /// (<see cref="WatchEvent.EndsInitialList"/>), and when the server has forgotten the state the watch was at, it lists again and
    /// tells what differs, ended by such a Bookmark. A Deleted found so carries kind, name, namespace, uid and the last known
    /// resourceVersion only.
    /// </para>
    /// <para>
    /// With it, the watch begins there, and a server that has forgotten that state is an error
    /// (<see cref="ApiException.IsExpired"/>): the caller, who has the list, lists again.
    /// </para>
    /// </summary>
    /// <exception cref="ApiException">The watch cannot go on.</exception>
    public static async IAsyncEnumerable<WatchEvent> WatchAsync(
        this IKubernetes kubernetes,
        ResourceType type,
        string? @namespace,
        WatchOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using ResourceWatch watch = new(ClusterClient.Of(kubernetes), ResourceAddress.Collection(type, @namespace), options);
        while (true)
        {
            yield return await watch.NextAsync(cancellationToken);
        }
    }

    private static Task<JsonObject> PatchAsync(
        IKubernetes kubernetes, ResourceAddress address, JsonNode patch, V1Patch.PatchType type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return address.PatchAsync(Objects(kubernetes), new V1Patch(patch, type), null, null, null, cancellationToken);
    }

    private static ICustomObjectsOperations Objects(IKubernetes kubernetes) => ClusterClient.Of(kubernetes).CustomObjects;

    private static ListReader Reader(IKubernetes kubernetes, ResourceType type, string? @namespace, ListOptions? options) =>
        new(ClusterClient.Of(kubernetes), ResourceAddress.Collection(type, @namespace), options ?? new ListOptions());
}
