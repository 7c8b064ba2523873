using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>
/// The API in process: what a request does to the store, whoever sends it. Controllers write through it, and read from
/// <see cref="Store"/>.
/// </summary>
public sealed class KubernetesApi
{
    private readonly ObjectPreparation _preparation;
    private readonly Consequences _consequences;

    /// <summary>Serves the kinds of the API server on a store.</summary>
    public KubernetesApi(ObjectStore store)
    {
        Store = store;
        _preparation = new ObjectPreparation(store);
        _consequences = new Consequences(this);
        Bootstrap.Create(this);
    }

    /// <summary>Where the objects are.</summary>
    public ObjectStore Store { get; }

    internal ResourceCatalogue Catalogue { get; } = new();

    /// <summary>Creates an object, and completes it as the server does.</summary>
    /// <exception cref="StatusException">The API refuses it.</exception>
    public StoredObject Create(ResourceType type, JsonObject obj, WriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return Create(Catalogue.Get(type), obj.Namespace(), (JsonObject)obj.DeepClone(), options ?? new WriteOptions());
    }

    /// <summary>
    /// Changes an object but for its status. The change may be asked for again, where somebody writes in between; where it answers false
    /// nothing is written.
    /// </summary>
    /// <exception cref="StatusException">The object is not there, or the API refuses the change.</exception>
    public StoredObject Update(ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options = null) =>
        Update(key, "", change, options);

    /// <summary>As <see cref="Update(ObjectKey, Func{JsonObject, bool}, WriteOptions?)"/>, for the status and nothing else.</summary>
    /// <exception cref="StatusException">The object is not there, or the API refuses the change.</exception>
    public StoredObject UpdateStatus(ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options = null) =>
        Update(key, "status", change, options);

    /// <summary>
    /// Asks for an object's deletion. It is gone at once unless finalizers or a grace period hold it; an object that is held carries its
    /// <c>deletionTimestamp</c>.
    /// </summary>
    /// <returns>What is left of the object; null where it is gone.</returns>
    /// <exception cref="StatusException">The object is not there, or is not the one that was meant.</exception>
    public StoredObject? Delete(ObjectKey key, DeletionOptions? options = null) => Delete(key, options ?? new DeletionOptions(), out _);

    /// <summary>Binds a pod to a node, as a scheduler does: no generation is counted, and nobody owns what it writes.</summary>
    /// <exception cref="StatusException">The pod is not there, or bound to another node already (409).</exception>
    public StoredObject Bind(ObjectKey pod, string node) => Repeat(pod, before =>
    {
        JsonObject bound = before.ToJson();
        if ((string?)bound["spec"]!["nodeName"] is { Length: > 0 } other)
        {
            throw StatusException.Conflict(pod, $"pod {pod.Name} is already assigned to node \"{other}\"");
        }

        bound["spec"]!["nodeName"] = node;
        JsonObject status = bound["status"] as JsonObject ?? [];
        JsonArray conditions = status["conditions"] as JsonArray ?? [];
        conditions.RemoveAll(each => (string?)each!["type"] == "PodScheduled");
        conditions.Add(new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = "True",
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = ObjectStore.Timestamp(Store.Clock.GetUtcNow()),
        });
        status["conditions"] = conditions;
        bound["status"] = status;
        return Store.Replace(before, bound);
    })!;

    internal StoredObject? Delete(ObjectKey key, DeletionOptions options, out StoredObject last)
    {
        StoredObject was = null!;
        StoredObject? left = Repeat(key, before =>
        {
            was = before;
            Deletion deletion = Deletion.Of(before, options, Store.Clock.GetUtcNow());
            if (!deletion.Removes)
            {
                return Store.Replace(before, deletion.Object, options.IsDryRun);
            }

            was = Store.Remove(before, deletion.Object, options.IsDryRun);
            return null;
        });
        last = left ?? was;
        if (!options.IsDryRun)
        {
            _consequences.Follow(last, isGone: left is null);
        }

        return left is null ? null : Store.Find(key);
    }

    internal StoredObject Create(ResourceDefinition resource, string? @namespace, JsonObject obj, WriteOptions options)
    {
        _preparation.New(resource, @namespace, obj, options, isApplied: false);
        return Created(Store.Create(resource.Key, obj, options.IsDryRun), options);
    }

    /// <summary>Changes an object, or a subresource of it, by what a request makes of it.</summary>
    internal StoredObject Change(
        ResourceDefinition resource, ObjectKey key, string subresource, Func<StoredObject, JsonObject?> make, WriteOptions options) =>
        Repeat(key, before => make(before) is { } after ? Replace(resource, before, after, subresource, options) : before)!;

    /// <summary>Applies a configuration: creates the object where it is missing.</summary>
    internal (StoredObject Object, bool IsNew) Apply(
        ResourceDefinition resource, ObjectKey key, string subresource, JsonObject configuration, WriteOptions options)
    {
        while (true)
        {
            StoredObject? before = Store.Find(key);
            try
            {
                if (before is null)
                {
                    return subresource.Length > 0 || configuration["metadata"]?["uid"] is not null
                        ? throw StatusException.NotFound(key)
                        : (CreateApplied(resource, key, configuration, options), true);
                }

                JsonObject after = _preparation.Applied(resource, before, configuration, subresource, options);
                return (Commit(before, after, options), false);
            }
            catch (StatusException e) when ((e.IsConflict || e.IsAlreadyExists)
                && Store.Find(key)?.ResourceVersion != before?.ResourceVersion)
            {
                // Somebody wrote in between: look again.
            }
        }
    }

    private StoredObject CreateApplied(ResourceDefinition resource, ObjectKey key, JsonObject configuration, WriteOptions options)
    {
        JsonObject obj = (JsonObject)configuration.DeepClone();
        _preparation.New(resource, key.Namespace, obj, options, isApplied: true);
        return Created(Store.Create(resource.Key, obj, options.IsDryRun), options);
    }

    private StoredObject Created(StoredObject created, WriteOptions options)
    {
        if (!options.IsDryRun)
        {
            _consequences.Follow(created, isGone: false);
        }

        return created;
    }

    private StoredObject Update(ObjectKey key, string subresource, Func<JsonObject, bool> change, WriteOptions? options)
    {
        ResourceDefinition resource = Catalogue.Find(key.Resource) ?? throw StatusException.NoSuchResource();
        return Change(
            resource,
            key,
            subresource,
            before =>
            {
                JsonObject after = before.ToJson();
                return change(after) ? after : null;
            },
            options ?? new WriteOptions());
    }

    private StoredObject Replace(
        ResourceDefinition resource, StoredObject before, JsonObject after, string subresource, WriteOptions options)
    {
        _preparation.Changed(resource, before, after, subresource, options);
        return Commit(before, after, options);
    }

    private StoredObject Commit(StoredObject before, JsonObject after, WriteOptions options)
    {
        bool isGone = Deletion.IsFinished(after);
        StoredObject written = isGone ? Store.Remove(before, after, options.IsDryRun) : Store.Replace(before, after, options.IsDryRun);
        if (!options.IsDryRun && !ReferenceEquals(written, before))
        {
            _consequences.Follow(written, isGone);
        }

        return written;
    }

    private StoredObject? Repeat(ObjectKey key, Func<StoredObject, StoredObject?> write)
    {
        while (true)
        {
            StoredObject before = Store.Find(key) ?? throw StatusException.NotFound(key);
            try
            {
                return write(before);
            }
            catch (StatusException e) when (e.IsConflict && Store.Find(key) is { } now && now.ResourceVersion != before.ResourceVersion)
            {
                // Somebody wrote in between: look again.
            }
        }
    }
}
