using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Volumes;

/// <summary>
/// Binds claims to volumes: to one that is there and fits, or to one that it makes as the provisioner of the claim's storage class; and
/// sets free, or deletes, the volumes of claims that are gone.
/// </summary>
internal sealed class ClaimController(ControlContext context, ControlPlaneOptions options) : IController
{
    private static readonly GroupResource Claims = ResourceType.PersistentVolumeClaims;
    private static readonly GroupResource PersistentVolumes = ResourceType.PersistentVolumes;
    private static readonly GroupResource Classes = ResourceType.StorageClasses;
    private static readonly EventSource Source = new("persistentvolume-controller");

    private readonly HashSet<ObjectKey> _unbound = [];
    private readonly HashSet<ObjectKey> _provisioning = [];

    public string Name => "persistentvolume-binder";

    public void Observe(StoreEvent change)
    {
        GroupResource resource = change.Object.Key.Resource;
        if (resource == Claims || resource == PersistentVolumes)
        {
            context.Loop.Enqueue(this, change.Object.Key);
        }

        if (change.Type != StoreEventType.Deleted && (resource == Classes || (resource == PersistentVolumes && change.Previous is null)))
        {
            foreach (ObjectKey claim in _unbound)
            {
                context.Loop.Enqueue(this, claim);
            }
        }

        if (resource == Claims && change.Type == StoreEventType.Deleted && change.Object.Spec.Text("volumeName") is { } volume)
        {
            context.Loop.Enqueue(this, new ObjectKey(PersistentVolumes, null, volume));
        }
    }

    public void Reconcile(ObjectKey key)
    {
        StoredObject? found = context.Store.Find(key);
        if (key.Resource == PersistentVolumes)
        {
            if (found is not null)
            {
                ReconcileVolume(found);
            }

            return;
        }

        _unbound.Remove(key);
        if (found is { IsBeingDeleted: false } claim)
        {
            ReconcileClaim(claim);
        }
    }

    private void ReconcileClaim(StoredObject claim)
    {
        if (claim.Spec.Text("volumeName") is { } name)
        {
            if (claim.Status.Text("phase") != "Bound" && context.Store.Find(ResourceType.PersistentVolumes, null, name) is { } bound)
            {
                Bind(claim, bound);
            }

            return;
        }

        bool waits = ClaimedVolumes.WaitsForConsumer(claim, context.Store);
        if (waits && ClaimedVolumes.NodeChosenFor(claim) is null)
        {
            context.Events.Normal(Source, claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
            _unbound.Add(claim.Key);
        }
        else if (FindVolume(claim) is { } volume)
        {
            Bind(claim, volume);
        }
        else
        {
            _unbound.Add(claim.Key);
            Provision(claim);
        }
    }

    private StoredObject? FindVolume(StoredObject claim) => context.Store.List(PersistentVolumes).Objects
        .Where(volume => IsFor(volume, claim)).MinBy(volume => (IsReserved(volume, claim) ? 0 : 1, Capacity(volume)));

    private static bool IsFor(StoredObject volume, StoredObject claim) => IsReserved(volume, claim)
        || (volume.Spec.At("claimRef") is null && !volume.IsBeingDeleted && volume.Status.Text("phase") is null or "Available"
            && (volume.Spec.Text("storageClassName") ?? "") == (claim.Spec.Text("storageClassName") ?? "")
            && Capacity(volume) >= Quantity.Read(claim.Spec.Text("resources", "requests", "storage"))
            && Modes(claim).All(Modes(volume).Contains));

    private static bool IsReserved(StoredObject volume, StoredObject claim) => volume.Spec.At("claimRef") is { } reference
        && reference.Text("namespace") == claim.Namespace && reference.Text("name") == claim.Name
        && (reference.Text("uid") is null or "" || reference.Text("uid") == claim.Uid);

    private static decimal Capacity(StoredObject volume) => Quantity.Read(volume.Spec.Text("capacity", "storage"));

    private static HashSet<string?> Modes(StoredObject obj) => [.. obj.Spec.Items("accessModes").Select(each => each.GetString())];

    private void Bind(StoredObject claim, StoredObject volume)
    {
        context.Api.Update(volume.Key, obj =>
        {
            obj.Part("spec")["claimRef"] = new JsonObject
            {
                ["kind"] = "PersistentVolumeClaim",
                ["namespace"] = claim.Namespace,
                ["name"] = claim.Name,
                ["uid"] = claim.Uid,
                ["apiVersion"] = "v1",
                ["resourceVersion"] = ObjectStore.Text(claim.ResourceVersion),
            };
            return true;
        });
        SetPhase(volume.Key, "Bound");
        context.Api.Update(claim.Key, obj =>
        {
            obj.Part("spec")["volumeName"] = volume.Name;
            JsonObject annotations = obj.Part("metadata").Part("annotations");
            annotations["pv.kubernetes.io/bind-completed"] = "yes";
            annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
            return true;
        });
        context.UpdateStatus(claim.Key, obj =>
        {
            JsonObject status = obj.Part("status");
            status["phase"] = "Bound";
            status["accessModes"] = volume.Spec.At("accessModes")?.Copy();
            status["capacity"] = volume.Spec.At("capacity")?.Copy();
            return true;
        });
    }

    private void Provision(StoredObject claim)
    {
        if (claim.Spec.Text("storageClassName") is not { Length: > 0 } name)
        {
            context.Events.Normal(
                Source, claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
            return;
        }

        if (context.Store.Find(ResourceType.StorageClasses, null, name) is not { } storageClass)
        {
            context.Events.Warning(
                Source, claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
            return;
        }

        string provisioner = storageClass.Json.Text("provisioner") ?? "";
        if (provisioner == "kubernetes.io/no-provisioner" || !_provisioning.Add(claim.Key))
        {
            return;
        }

        EventSource external = new($"{provisioner}_sandbox");
        context.Events.Normal(
            Source,
            claim,
            "ExternalProvisioning",
            $"Waiting for a volume to be created either by the external provisioner '{provisioner}' or manually by the system " +
            "administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.");
        context.Events.Normal(
            external, claim, "Provisioning", $"External provisioner is provisioning volume for claim \"{claim.Namespace}/{claim.Name}\"");
        context.Loop.Later(options.Provisioning, $"a volume for {claim.Key} is made", () => Provisioned(claim, storageClass, external));
    }

    private void Provisioned(StoredObject claim, StoredObject storageClass, EventSource external)
    {
        _provisioning.Remove(claim.Key);
        if (context.Store.Find(claim.Key) is not { } now || now.Uid != claim.Uid)
        {
            return;
        }

        JsonObject volume = VolumeRendering.Render(now, storageClass, NodeOf(now));
        try
        {
            context.Api.Create(ResourceType.PersistentVolumes, volume);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // The claim is about to be bound to it.
        }

        context.Events.Normal(external, now, "ProvisioningSucceeded", $"Successfully provisioned volume {volume.Name()}");
    }

    private StoredObject? NodeOf(StoredObject claim) => ClaimedVolumes.NodeChosenFor(claim) is { } node
        ? context.Store.Find(ResourceType.Nodes, null, node)
        : null;

    private void ReconcileVolume(StoredObject volume)
    {
        string phase = volume.Status.Text("phase") ?? "Pending";
        if (volume.Spec.At("claimRef") is not { } reference)
        {
            if (phase != "Available")
            {
                SetPhase(volume.Key, "Available");
            }

            return;
        }

        ObjectKey key = new(Claims, reference.Text("namespace"), reference.Text("name") ?? "");
        StoredObject? claim = context.Store.Find(key);
        if (claim is not null && IsReserved(volume, claim))
        {
            if (claim.Spec.Text("volumeName") is null)
            {
                if (phase == "Pending")
                {
                    SetPhase(volume.Key, "Available");
                }

                context.Loop.Enqueue(this, key);
            }
        }
        else if (phase == "Bound")
        {
            Release(volume);
        }
    }

    private void Release(StoredObject volume)
    {
        SetPhase(volume.Key, "Released");
        if (volume.Spec.Text("persistentVolumeReclaimPolicy") == "Delete")
        {
            context.Delete(volume);
        }
    }

    private void SetPhase(ObjectKey volume, string phase) => context.UpdateStatus(volume, obj =>
    {
        obj.Part("status")["phase"] = phase;
        return true;
    });
}
