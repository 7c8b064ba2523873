using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>Runs the brokers and controllers of a Kafka cluster in the box in the pods of their resources.</summary>
internal sealed class KafkaWorkload(KafkaBox kafka, ClusterScenario scenario, KubernetesApi api, BoxTime time) : IPodWorkload
{
    // What Java exits with that was told to stop, and what Kafka exits with that gives up.
    private const int Stopped = 143;
    private const int GaveUp = 1;

    private static readonly WriteOptions Kubelet = new() { FieldManager = "kubelet" };

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Running> _running = [];
    private IDisposable? _alarm;

    /// <inheritdoc/>
    public bool RunsIn(StoredObject pod) => NodeOf(pod) is not null;

    /// <inheritdoc/>
    public void Start(IPodProcess process)
    {
        int node = NodeOf(process.Pod)!.Value;
        Announce(process.Pod, node);
        kafka.Processes.Start(node, VersionOf(process.Pod));
        lock (_gate)
        {
            _running[node] = new(process);
        }

        Look();
    }

    /// <inheritdoc/>
    public void Stop(IPodProcess process)
    {
        int node = NodeOf(process.Pod)!.Value;
        lock (_gate)
        {
            if (_running.TryGetValue(node, out Running? running))
            {
                running.IsStopping = true;
            }
        }

        kafka.Processes.Stop(node);
        Look();
    }

    /// <inheritdoc/>
    public void Kill(IPodProcess process)
    {
        int node = NodeOf(process.Pod)!.Value;
        lock (_gate)
        {
            _running.Remove(node);
        }

        kafka.Processes.Kill(node);
        Look();
    }

    private static string? VersionOf(StoredObject pod)
    {
        string image = pod.Spec.GetProperty("containers")[0].GetProperty("image").GetString()!;
        int colon = image.LastIndexOf(':');
        return colon < 0 || image.IndexOf('/', colon) >= 0 ? null : image[(colon + 1)..];
    }

    private int? NodeOf(StoredObject pod)
    {
        int dash = pod.Name.LastIndexOf('-');
        if (pod.Namespace != scenario.Namespace || dash < 0
            || !int.TryParse(pod.Name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal))
        {
            return null;
        }

        string component = pod.Name[..dash];
        return component == scenario.KafkaName ? scenario.Kafka.BrokerIdOffset + ordinal
            : component == scenario.ControllersName ? scenario.Kafka.ControllerIdOffset + ordinal
            : null;
    }

    // As the agent of a real pod would be found at its own address.
    private void Announce(StoredObject pod, int node)
    {
        try
        {
            api.Update(
                pod.Key,
                obj =>
                {
                    JsonObject metadata = obj["metadata"]!.AsObject();
                    metadata["annotations"] ??= new JsonObject();
                    metadata["annotations"]![ConfluentAnnotations.JolokiaAddress] = kafka.JolokiaAddress(node);
                    return true;
                },
                Kubelet);
        }
        catch (StatusException)
        {
            // The pod is gone already.
        }
    }

    /// <summary>Tells the pods how far their processes are, and looks again when something changes next by itself.</summary>
    public void Look()
    {
        lock (_gate)
        {
            foreach ((int node, Running running) in _running.ToList())
            {
                NodeProcess now = kafka.Processes.Read(node);
                if (now.Phase == ProcessPhase.Ended)
                {
                    _running.Remove(node);
                    running.Process.Exit(running.IsStopping ? Stopped : GaveUp);
                }
                else if (now.IsReady != running.IsReady)
                {
                    running.IsReady = now.IsReady;
                    running.Process.SetReady(now.IsReady);
                }
            }

            _alarm?.Dispose();
            _alarm = kafka.Processes.NextChange is { } next
                ? time.After(Until(next), "a Kafka process goes on", () => _ = LookLaterAsync())
                : null;
        }
    }

    // An alarm rings under the lock of the box, where nobody takes another one; the clock is held from then until the pods were told.
    private async Task LookLaterAsync()
    {
        using IDisposable hold = time.Hold("the pods of Kafka are told how far their processes are");
        await Task.Yield();
        Look();
    }

    private TimeSpan Until(DateTimeOffset next) => next > time.Now ? next - time.Now : TimeSpan.Zero;

    private sealed class Running(IPodProcess process)
    {
        public IPodProcess Process { get; } = process;

        public bool IsReady { get; set; }

        public bool IsStopping { get; set; }
    }
}
