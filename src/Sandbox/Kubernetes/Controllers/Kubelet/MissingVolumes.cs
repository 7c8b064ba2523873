using System.Text.Json;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>Finds what the volumes of a pod need and do not have.</summary>
internal static class MissingVolumes
{
    /// <summary>What a kubelet says of the first of them; null where all are there.</summary>
    public static string? Of(StoredObject pod, ObjectStore store)
    {
        foreach (JsonElement volume in pod.Spec.Items("volumes"))
        {
            (ResourceType Type, string Kind, string? Name, bool IsOptional) needed = Needed(volume);
            if (needed.Name is not null && !needed.IsOptional && store.Find(needed.Type, pod.Namespace, needed.Name) is null)
            {
                return $"MountVolume.SetUp failed for volume \"{volume.Text("name")}\" : {needed.Kind} \"{needed.Name}\" not found";
            }
        }

        return null;
    }

    private static (ResourceType Type, string Kind, string? Name, bool IsOptional) Needed(JsonElement volume) =>
        volume.At("secret") is { } secret
            ? (ResourceType.Secrets, "secret", secret.Text("secretName"), secret.Flag("optional"))
            : (ResourceType.ConfigMaps, "configmap", volume.Text("configMap", "name"), volume.Flag("configMap", "optional"));
}
