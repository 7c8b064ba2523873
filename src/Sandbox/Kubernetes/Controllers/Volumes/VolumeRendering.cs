using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Volumes;

/// <summary>The volume that a provisioner makes for a claim.</summary>
internal static class VolumeRendering
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>Renders it; a volume that was made for a node can be used in that node's zone only.</summary>
    public static JsonObject Render(StoredObject claim, StoredObject storageClass, StoredObject? node)
    {
        string name = $"pvc-{claim.Uid}";
        string provisioner = storageClass.Json.Text("provisioner") ?? "";
        JsonObject spec = new()
        {
            ["capacity"] = new JsonObject { ["storage"] = claim.Spec.Text("resources", "requests", "storage") },
            ["accessModes"] = claim.Spec.At("accessModes")?.Copy(),
            ["claimRef"] = new JsonObject
            {
                ["kind"] = "PersistentVolumeClaim",
                ["apiVersion"] = "v1",
                ["namespace"] = claim.Namespace,
                ["name"] = claim.Name,
                ["uid"] = claim.Uid,
            },
            ["persistentVolumeReclaimPolicy"] = storageClass.Json.Text("reclaimPolicy") ?? "Delete",
            ["storageClassName"] = storageClass.Name,
            ["volumeMode"] = claim.Spec.Text("volumeMode") ?? "Filesystem",
            ["csi"] = new JsonObject { ["driver"] = provisioner, ["volumeHandle"] = name },
        };
        if (node?.Labels.GetValueOrDefault(ZoneLabel) is { } zone)
        {
            spec["nodeAffinity"] = InZone(zone);
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolume",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = provisioner },
            },
            ["spec"] = spec,
        };
    }

    private static JsonObject InZone(string zone) => new()
    {
        ["required"] = new JsonObject
        {
            ["nodeSelectorTerms"] = new JsonArray(new JsonObject
            {
                ["matchExpressions"] = new JsonArray(
                    new JsonObject { ["key"] = ZoneLabel, ["operator"] = "In", ["values"] = new JsonArray(zone) }),
            }),
        },
    };
}
