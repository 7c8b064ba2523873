using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Garbage;

/// <summary>
/// Deletes what is owned by nothing that is there any more. An owner that is deleted in the foreground waits for those of its dependents
/// that block it; one that is deleted with <c>Orphan</c> lets them go first.
/// </summary>
internal sealed class GarbageCollector(ControlContext context) : IController
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    public string Name => "garbage-collector-controller";

    public void Observe(StoreEvent change)
    {
        StoredObject obj = change.Object;
        if (change.Type == StoreEventType.Deleted)
        {
            foreach (StoredObject dependent in context.Owners.Of(obj.Uid))
            {
                context.Loop.Enqueue(this, dependent.Key);
            }

            foreach (OwnerReference owner in OwnerReference.Of(obj).Where(owner => owner.BlocksDeletion))
            {
                EnqueueWaiting(owner.Uid);
            }
        }
        else if (obj.IsBeingDeleted ? IsHeld(obj, Orphan) || IsHeld(obj, Foreground) : HasNewOwners(change))
        {
            context.Loop.Enqueue(this, obj.Key);
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } obj)
        {
            return;
        }

        if (!obj.IsBeingDeleted)
        {
            JudgeByOwners(obj);
        }
        else if (IsHeld(obj, Orphan))
        {
            foreach (StoredObject dependent in context.Owners.Of(obj.Uid).ToList())
            {
                Disown(dependent, owner => owner.Uid == obj.Uid);
            }

            Release(obj, Orphan);
        }
        else if (IsHeld(obj, Foreground))
        {
            List<StoredObject> blocking = [.. context.Owners.Of(obj.Uid).Where(each => Blocks(each, obj.Uid))];
            foreach (StoredObject dependent in context.Owners.Of(obj.Uid).Where(each => !each.IsBeingDeleted))
            {
                context.Loop.Enqueue(this, dependent.Key);
            }

            if (blocking.Count == 0)
            {
                Release(obj, Foreground);
            }
        }
    }

    private void JudgeByOwners(StoredObject obj)
    {
        List<OwnerReference> owners = [.. OwnerReference.Of(obj)];
        HashSet<string> gone = [];
        HashSet<string> waiting = [];
        foreach (OwnerReference owner in owners)
        {
            if (context.Owners.Find(owner.Uid) is not { } key || context.Store.Find(key) is not { } found || found.Uid != owner.Uid)
            {
                gone.Add(owner.Uid);
            }
            else if (found.IsBeingDeleted && IsHeld(found, Foreground))
            {
                waiting.Add(owner.Uid);
            }
        }

        if (gone.Count + waiting.Count < owners.Count)
        {
            if (gone.Count + waiting.Count > 0)
            {
                Disown(obj, owner => gone.Contains(owner.Uid) || waiting.Contains(owner.Uid));
            }

            return;
        }

        if (owners.Count > 0)
        {
            string policy = waiting.Count > 0 && context.Owners.Of(obj.Uid).Count > 0 ? "Foreground" : "Background";
            context.Delete(obj, propagation: policy);
        }
    }

    private void EnqueueWaiting(string uid)
    {
        if (context.Owners.Find(uid) is { } key && context.Store.Find(key) is { IsBeingDeleted: true } owner)
        {
            context.Loop.Enqueue(this, owner.Key);
        }
    }

    private static bool HasNewOwners(StoreEvent change) =>
        change.Object.Metadata.At("ownerReferences") is { } now
        && (change.Previous?.Metadata.At("ownerReferences") is not { } before || !JsonElement.DeepEquals(before, now));

    private static bool Blocks(StoredObject dependent, string owner) =>
        OwnerReference.Of(dependent).Any(each => each.Uid == owner && each.BlocksDeletion);

    private static bool IsHeld(StoredObject obj, string finalizer) =>
        obj.Metadata.Items("finalizers").Any(each => each.GetString() == finalizer);

    private void Disown(StoredObject dependent, Func<OwnerReference, bool> isLeft)
    {
        HashSet<string> left = [.. OwnerReference.Of(dependent).Where(isLeft).Select(each => each.Uid)];
        Change(dependent, "ownerReferences", each => !left.Contains((string?)each!["uid"] ?? ""));
    }

    private void Release(StoredObject owner, string finalizer) =>
        Change(owner, "finalizers", each => (string?)each != finalizer);

    private void Change(StoredObject target, string list, Func<JsonNode?, bool> isKept)
    {
        try
        {
            context.Api.Update(target.Key, obj =>
            {
                JsonObject metadata = obj.Part("metadata");
                if ((string?)metadata["uid"] != target.Uid)
                {
                    return false;
                }

                List<JsonNode?> kept = [.. (metadata[list] as JsonArray ?? []).Where(isKept).Select(each => each?.DeepClone())];
                metadata.Remove(list);
                if (kept.Count > 0)
                {
                    metadata[list] = new JsonArray([.. kept]);
                }

                return true;
            });
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            // Gone in between.
        }
    }
}
