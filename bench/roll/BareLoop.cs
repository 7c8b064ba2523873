using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;

namespace Orchestrator.Bench.Roll;

/// <summary>
/// The least that a safe restart of the brokers takes: delete a pod, wait until its successor is Ready and no partition is
/// under-replicated, take the next one. No plan, no approval, no record, no operator.
/// </summary>
internal sealed class BareLoop(LabCluster cluster) : IDisposable
{
    private const string Bean = "read/kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions/Value";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new();

    /// <summary>Restarts all brokers; returns how long each took, in seconds.</summary>
    public async Task<IReadOnlyList<double>> RunAsync(int brokers, CancellationToken cancellationToken)
    {
        List<double> seconds = [];
        for (int ordinal = brokers - 1; ordinal >= 0; ordinal--)
        {
            long started = TimeProvider.System.GetTimestamp();
            await RestartAsync($"{LabCluster.Kafka}-{ordinal}", brokers, cancellationToken);
            seconds.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        }

        return seconds;
    }

    public void Dispose() => _http.Dispose();

    private async Task RestartAsync(string pod, int brokers, CancellationToken cancellationToken)
    {
        string uid = (await cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, pod, cancellationToken)).Uid();
        await cluster.Kubernetes.DeleteAsync(ResourceType.Pods, LabCluster.Namespace, pod, new() { Uid = uid }, cancellationToken);
        while (await cluster.Kubernetes.FindAsync(ResourceType.Pods, LabCluster.Namespace, pod, cancellationToken) is not { } now
            || now.Uid() == uid
            || !IsReady(now))
        {
            await Task.Delay(Poll, cancellationToken);
        }

        while (!await IsWholeAsync(brokers, cancellationToken))
        {
            await Task.Delay(Poll, cancellationToken);
        }
    }

    private async Task<bool> IsWholeAsync(int brokers, CancellationToken cancellationToken)
    {
        for (int ordinal = 0; ordinal < brokers; ordinal++)
        {
            string answer =
                await _http.GetStringAsync(new Uri(cluster.JolokiaOf($"{LabCluster.Kafka}-{ordinal}"), Bean), cancellationToken);
            if (JsonNode.Parse(answer)?["value"]?.GetValue<int>() is not 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsReady(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? [])
            .Any(condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True");
}
