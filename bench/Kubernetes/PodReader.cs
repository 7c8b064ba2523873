using System.Text.Json.Nodes;
using k8s;

namespace Orchestrator.Kubernetes.Bench;

/// <summary>Reads all pods once and says how many there are.</summary>
internal static class PodReader
{
    public static async Task<int> RunAsync(string mode, string kubeconfig)
    {
        using IKubernetes kubernetes = Kubeconfig.Load(kubeconfig, null).Open(TimeProvider.System);
        int pods = 0;
        if (mode == "stream")
        {
            await foreach (JsonObject pod in kubernetes.StreamAsync(ResourceType.Pods, null, null, CancellationToken.None))
            {
                pods += pod.Name().Length > 0 ? 1 : 0;
            }
        }
        else
        {
            pods = (await kubernetes.ListAsync(ResourceType.Pods, null, null, CancellationToken.None)).Items.Count;
        }

        Console.WriteLine(pods);
        return 0;
    }
}
