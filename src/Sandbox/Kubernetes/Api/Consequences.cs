using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>
/// What follows from a write by the server's own doing, and at once: definitions are served and take their objects along, a namespace
/// gets its service account, and takes what is in it along.
/// </summary>
internal sealed class Consequences(KubernetesApi api)
{
    /// <summary>Does what follows.</summary>
    public void Follow(StoredObject written, bool isGone)
    {
        if (written.Key.Resource == ResourceType.CustomResourceDefinitions)
        {
            FollowDefinition(written, isGone);
        }
        else if (written.Key.Resource == ResourceType.Namespaces)
        {
            FollowNamespace(written, isGone);
        }
        else if (isGone && written.Namespace is { } name
            && api.Store.Find(ResourceType.Namespaces, null, name) is { IsBeingDeleted: true } space)
        {
            Empty(space);
        }

        Release(written, isGone);
    }

    // What is asked to go and is in use no longer, goes: claims with the last pod that mounts them, volumes with their claim.
    private void Release(StoredObject written, bool isGone)
    {
        if (!isGone && written.IsBeingDeleted && written.Key.Resource == ResourceType.PersistentVolumes
            && (string?)written.ToJson()["status"]?["phase"] != "Bound")
        {
            RemoveFinalizer(written, "kubernetes.io/pv-protection");
        }
        else if (!isGone && written.IsBeingDeleted && written.Key.Resource == ResourceType.PersistentVolumeClaims)
        {
            ReleaseClaim(written);
        }
        else if (written.Key.Resource == ResourceType.Pods && (isGone || written.IsBeingDeleted))
        {
            foreach (StoredObject claim in api.Store.List(ResourceType.PersistentVolumeClaims, written.Namespace).Objects
                .Where(claim => claim.IsBeingDeleted))
            {
                ReleaseClaim(claim);
            }
        }
    }

    private void ReleaseClaim(StoredObject claim)
    {
        bool isInUse = api.Store.List(ResourceType.Pods, claim.Namespace).Objects.Any(pod =>
            (pod.ToJson()["spec"]?["volumes"] as JsonArray ?? [])
                .Any(volume => (string?)volume?["persistentVolumeClaim"]?["claimName"] == claim.Name));
        if (!isInUse)
        {
            RemoveFinalizer(claim, "kubernetes.io/pvc-protection");
        }
    }

    private void RemoveFinalizer(StoredObject obj, string finalizer)
    {
        if (api.Store.Find(obj.Key) is not null)
        {
            api.Update(obj.Key, each =>
                (each["metadata"]!["finalizers"] as JsonArray)?.RemoveAll(one => (string?)one == finalizer) > 0);
        }
    }

    private void FollowDefinition(StoredObject definition, bool isGone)
    {
        if (isGone)
        {
            GroupResource resource = new(
                definition.Spec.GetProperty("group").GetString()!,
                definition.Spec.GetProperty("names").GetProperty("plural").GetString()!);
            foreach (StoredObject obj in api.Store.List(resource).Objects)
            {
                api.Store.Remove(obj, obj.ToJson());
            }
        }

        api.Catalogue.Define(api.Store.List(ResourceType.CustomResourceDefinitions).Objects);
        if (!isGone)
        {
            api.UpdateStatus(
                definition.Key,
                obj => CustomDefinitions.Establish(obj, api.Store.Clock.GetUtcNow()),
                new WriteOptions { FieldManager = "kube-apiserver" });
        }
    }

    private void FollowNamespace(StoredObject space, bool isGone)
    {
        if (isGone)
        {
            return;
        }

        if (space.IsBeingDeleted)
        {
            Empty(space);
            return;
        }

        if (api.Store.Find(ResourceType.ServiceAccounts, space.Name, "default") is null)
        {
            Bootstrap.Fill(api, space.Name);
        }
    }

    // Deletes what is in it; the namespace goes with the last of it.
    private void Empty(StoredObject space)
    {
        api.UpdateStatus(space.Key, obj =>
        {
            obj["status"]!["phase"] = "Terminating";
            return true;
        });
        List<StoredObject> content =
        [
            .. api.Catalogue.All.Where(each => each.IsNamespaced && each.Verbs.Contains("delete")).Select(each => each.Key).Distinct()
                .SelectMany(resource => api.Store.List(resource, space.Name).Objects),
        ];
        foreach (StoredObject obj in content.Where(obj => !obj.IsBeingDeleted))
        {
            // Another one that goes may have taken it along.
            if (api.Store.Find(obj.Key) is not null)
            {
                api.Delete(obj.Key);
            }
        }

        if (content.All(obj => api.Store.Find(obj.Key) is null) && api.Store.Find(space.Key) is not null)
        {
            api.Update(space.Key, obj =>
            {
                obj["spec"]!["finalizers"] = new JsonArray();
                return true;
            });
        }
    }
}
