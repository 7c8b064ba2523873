using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>
/// The API in process: what a request does to the store, whoever sends it. Controllers write through it, and read from
/// <see cref="Store"/>.
/// </summary>
public sealed class KubernetesApi(ObjectStore store)
{
    /// <summary>Where the objects are.</summary>
    public ObjectStore Store { get; } = store;

    /// <summary>Creates an object. A status that it brings along is dropped where the kind has a status of its own.</summary>
    /// <exception cref="StatusException">The API refuses it.</exception>
    public StoredObject Create(ResourceType type, JsonObject obj, WriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(obj);
        options ??= new WriteOptions();
        JsonObject created = (JsonObject)obj.DeepClone();
        ObjectChange.PrepareNew(type, created);
        return Store.Create(type, created, options.IsDryRun);
    }

    /// <summary>
    /// Changes an object but for its status. The change may be asked for again, where somebody writes in between; where it answers false
    /// nothing is written.
    /// </summary>
    /// <exception cref="StatusException">The object is not there, or the API refuses the change.</exception>
    public StoredObject Update(ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options = null) =>
        Change(key, change, options, ObjectChange.KeepStatus);

    /// <summary>As <see cref="Update"/>, for the status and nothing else.</summary>
    /// <exception cref="StatusException">The object is not there, or the API refuses the change.</exception>
    public StoredObject UpdateStatus(ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options = null) =>
        Change(key, change, options, ObjectChange.KeepAllButStatus);

    /// <summary>
    /// Asks for an object's deletion. It is gone at once unless finalizers or a grace period hold it; an object that is held carries its
    /// <c>deletionTimestamp</c>.
    /// </summary>
    /// <returns>What is left of the object; null where it is gone.</returns>
    /// <exception cref="StatusException">The object is not there, or is not the one that was meant.</exception>
    public StoredObject? Delete(ObjectKey key, DeletionOptions? options = null)
    {
        options ??= new DeletionOptions();
        return Repeat(key, before =>
        {
            Deletion deletion = Deletion.Of(before, options, Store.Clock.GetUtcNow());
            if (!deletion.Removes)
            {
                return Store.Replace(before, deletion.Object, options.IsDryRun);
            }

            Store.Remove(before, deletion.Object, options.IsDryRun);
            return null;
        });
    }

    private StoredObject Change(
        ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options, Action<StoredObject, JsonObject> keep)
    {
        options ??= new WriteOptions();
        return Repeat(key, before =>
        {
            JsonObject after = before.ToJson();
            if (!change(after))
            {
                return before;
            }

            keep(before, after);
            ObjectChange.Complete(before, after);
            return Deletion.IsFinished(after)
                ? Store.Remove(before, after, options.IsDryRun)
                : Store.Replace(before, after, options.IsDryRun);
        })!;
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
            catch (StatusException e) when (e.IsConflict && Store.Find(key)?.ResourceVersion != before.ResourceVersion)
            {
                // Somebody wrote in between: look again.
            }
        }
    }
}
