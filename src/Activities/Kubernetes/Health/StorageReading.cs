using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads claims, volumes, and the drivers of nodes that have volumes.</summary>
internal static class StorageReading
{
    private static readonly ResourceType CsiNodes = new("storage.k8s.io", "v1", "csinodes", Namespaced: false);

    public static async Task ReadAsync(IKubernetes client, HealthScope scope, HealthReading reading, DateTimeOffset now)
    {
        HashSet<string> ofKafka = [];
        await reading.ReadAsync($"{ResourceType.PersistentVolumeClaims}", async () =>
        {
            int claims = 0;
            await foreach (ClaimSeen claim in ClusterHealthActivities.InEachAsync(client, ResourceType.PersistentVolumeClaims, scope)
                .Select(HealthObjects.Claim))
            {
                claims++;
                reading.Add(StorageHealth.Check(claim, scope, now));
                if (claim.IsOfKafka)
                {
                    ofKafka.Add(claim.Name);
                }
            }

            return $"claims: {claims}";
        });
        await reading.ReadAsync($"{ResourceType.PersistentVolumes}", async () =>
        {
            int volumes = 0;
            await foreach (VolumeSeen volume in client.StreamAsync(ResourceType.PersistentVolumes, null, null, ActivityCall.Token)
                .Select(HealthObjects.Volume))
            {
                volumes++;
                reading.Add(StorageHealth.Check(volume, volume.Claim is { } claim && ofKafka.Contains(claim)));
            }

            return $"volumes: {volumes}";
        });
        await reading.ReadAsync($"{ResourceType.VolumeAttachments}", () => DriversAsync(client, reading));
    }

    private static async Task<string> DriversAsync(IKubernetes client, HealthReading reading)
    {
        Dictionary<(string Node, string Driver), int> needed = [];
        await foreach (JsonObject attachment in client.StreamAsync(ResourceType.VolumeAttachments, null, null, ActivityCall.Token))
        {
            (string, string) key = ((string?)attachment["spec"]?["nodeName"] ?? "", (string?)attachment["spec"]?["attacher"] ?? "");
            needed[key] = needed.GetValueOrDefault(key) + 1;
        }

        if (needed.Count > 0)
        {
            HashSet<(string, string)> there = [];
            await foreach (JsonObject node in client.StreamAsync(CsiNodes, null, null, ActivityCall.Token))
            {
                there.UnionWith((node["spec"]?["drivers"]?.AsArray() ?? [])
                    .Select(driver => (node.Name(), (string?)driver?["name"] ?? "")));
            }

            reading.Add(needed.Where(row => !there.Contains(row.Key))
                .Select(row => StorageHealth.WithoutDriver(row.Key.Node, row.Key.Driver, row.Value)));
        }

        return $"attached volumes: {needed.Values.Sum()}";
    }
}
