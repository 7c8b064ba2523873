using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Lab.Cluster.Volumes;

/// <summary>
/// Makes a volume for each claim of the storage class <c>lab</c> once the scheduler has chosen a node for its pod: a folder that every
/// node reaches, as network storage does. The data outlives pods and claims (<c>Retain</c>).
/// </summary>
internal static class VolumeProvisioner
{
    /// <summary>Name of the storage class.</summary>
    public const string StorageClass = "lab";

    private const string Driver = "volumes.lab.local";

    /// <summary>The storage class and its driver, which attaches nothing.</summary>
    public static IReadOnlyList<(ResourceType Type, JsonObject Object)> Definitions =>
    [
        (ResourceType.StorageClasses, new()
        {
            ["apiVersion"] = "storage.k8s.io/v1",
            ["kind"] = "StorageClass",
            ["metadata"] = new JsonObject { ["name"] = StorageClass },
            ["provisioner"] = Driver,
            ["reclaimPolicy"] = "Retain",
            ["allowVolumeExpansion"] = true,
            ["volumeBindingMode"] = "WaitForFirstConsumer",
        }),
        (new("storage.k8s.io", "v1", "csidrivers", Namespaced: false), new()
        {
            ["apiVersion"] = "storage.k8s.io/v1",
            ["kind"] = "CSIDriver",
            ["metadata"] = new JsonObject { ["name"] = Driver },
            ["spec"] = new JsonObject { ["attachRequired"] = false },
        }),
    ];

    /// <summary>The volume that a claim waits for; null where it waits for none of ours.</summary>
    public static JsonObject? VolumeFor(JsonObject claim)
    {
        JsonNode metadata = claim["metadata"]!;
        JsonNode spec = claim["spec"]!;
        bool waits = (string?)spec["storageClassName"] == StorageClass
            && spec["volumeName"] is null
            && metadata["annotations"]?["volume.kubernetes.io/selected-node"] is not null;
        if (!waits)
        {
            return null;
        }

        // One volume per claim, by its UID: a second look at the same claim makes no second volume.
        string name = $"pvc-{(string)metadata["uid"]!}";
        return new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolume",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["annotations"] = new JsonObject { ["pv.kubernetes.io/provisioned-by"] = Driver },
            },
            ["spec"] = new JsonObject
            {
                ["storageClassName"] = StorageClass,
                ["persistentVolumeReclaimPolicy"] = "Retain",
                ["capacity"] = new JsonObject { ["storage"] = spec["resources"]!["requests"]!["storage"]!.DeepClone() },
                ["accessModes"] = spec["accessModes"]!.DeepClone(),
                ["csi"] = new JsonObject { ["driver"] = Driver, ["volumeHandle"] = name },
                ["claimRef"] = new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "PersistentVolumeClaim",
                    ["namespace"] = (string)metadata["namespace"]!,
                    ["name"] = (string)metadata["name"]!,
                    ["uid"] = (string)metadata["uid"]!,
                },
            },
        };
    }
}
