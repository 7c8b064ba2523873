using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Loop;

/// <summary>What every controller works with.</summary>
internal sealed record ControlContext(KubernetesApi Api, ControlLoop Loop, EventRecorder Events)
{
    public ObjectStore Store => Api.Store;

    public PodCache Pods => Loop.Pods;

    public OwnerIndex Owners => Loop.Owners;

    public DateTimeOffset Now => Loop.Now;

    /// <summary>The time now, as objects carry it.</summary>
    public string Timestamp => ObjectStore.Timestamp(Loop.Now);

    /// <summary>Has a controller look at an object of its own that changed, and at the one whose pod changed.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="change">What changed.</param>
    /// <param name="own">The objects that it runs pods for.</param>
    /// <param name="kind">Their kind, as their pods name it.</param>
    public void EnqueueOwn(IController controller, StoreEvent change, GroupResource own, string kind)
    {
        if (change.Object.Key.Resource == own)
        {
            Loop.Enqueue(controller, change.Object.Key);
        }
        else if (change.Object.Key.Resource == PodCache.Resource
            && OwnerReference.ControllerOf(change.Object) is { } owner && owner.Kind == kind)
        {
            Loop.Enqueue(controller, new ObjectKey(own, change.Object.Namespace, owner.Name));
        }
    }

    /// <summary>Writes a status; nothing where the object is gone.</summary>
    public void UpdateStatus(ObjectKey key, Func<JsonObject, bool> change, WriteOptions? options = null)
    {
        try
        {
            Api.UpdateStatus(key, change, options);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Its deletion is the next change to be told.
        }
    }

    /// <summary>Deletes an object, and only this one; nothing where it is gone.</summary>
    public void Delete(StoredObject obj, long? gracePeriodSeconds = null, string? propagation = null)
    {
        try
        {
            Api.Delete(
                obj.Key,
                new DeletionOptions { Uid = obj.Uid, GracePeriodSeconds = gracePeriodSeconds, PropagationPolicy = propagation });
        }
        catch (StatusException e) when (e.IsNotFound || (e.IsConflict && Store.Find(obj.Key)?.Uid != obj.Uid))
        {
            // Its deletion is the next change to be told.
        }
    }
}
