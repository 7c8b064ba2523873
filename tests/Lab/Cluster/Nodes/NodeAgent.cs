using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster.Processes;
using Orchestrator.Lab.Cluster.Volumes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>
/// The lab's nodes: registers them, renews their leases, gives the logs of their pods, and runs the pods that the scheduler binds to them
/// as Kafka processes. It keeps
/// nothing that the API or the data folder does not hold: another agent on the same folder adopts what runs.
/// </summary>
internal sealed class NodeAgent(ContainerRuntime runtime, IReadOnlyList<LabNode> nodes, int kubeletPort) : IDisposable
{
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProvisionAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly WatchOptions Endless = new() { MaxOutage = Timeout.InfiniteTimeSpan };

    private readonly ConcurrentDictionary<(string Namespace, string Name), PodRunner> _runners = new();
    private readonly ConcurrentDictionary<string, bool> _cutOff = new();

    /// <summary>Registers nodes and storage, then runs pods until cancelled; processes go on.</summary>
    /// <exception cref="ApiException">The API refuses what the agent needs.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TaskCompletionSource failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ConcurrentBag<Task> running = [];
        await using KubeletServer kubelet = new(kubeletPort, runtime);
        await kubelet.StartAsync(stop.Token);
        await RegisterAsync(stop.Token);
        Task[] loops = [RenewLeasesAsync(stop.Token), ProvisionVolumesAsync(stop.Token), WatchPodsAsync(running, failure, stop.Token)];
        try
        {
            // Nothing of it ends by itself: the first to end has failed, or was cancelled.
            await await Task.WhenAny([.. loops, failure.Task]);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([.. loops, .. running]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The runner of a pod.</summary>
    /// <exception cref="InvalidOperationException">No node of the lab runs such a pod.</exception>
    public PodRunner RunnerOf(string @namespace, string pod) =>
        _runners.GetValueOrDefault((@namespace, pod))
        ?? throw new InvalidOperationException($"No node of the lab runs a pod {@namespace}/{pod}.");

    /// <summary>Names of the pods that a node runs.</summary>
    public IReadOnlyList<(string Namespace, string Name)> PodsOn(string node) =>
        [.. _runners.Where(entry => entry.Value.Node == node).Select(entry => entry.Key)];

    /// <summary>Takes a node off the network: it renews no lease and writes no status, and nothing on it answers.</summary>
    public void CutOff(string node)
    {
        _cutOff[node] = true;
        foreach (PodRunner runner in _runners.Values.Where(runner => runner.Node == node && runner.HasProcess))
        {
            runner.Send(Signal.Stop);
        }
    }

    /// <summary>Gives all nodes their network back.</summary>
    /// <exception cref="ApiException">The API refuses what the agent needs.</exception>
    public async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        if (_cutOff.IsEmpty)
        {
            return;
        }

        _cutOff.Clear();
        Release();
        await RegisterAsync(cancellationToken);
        await RenewAsync(cancellationToken);
    }

    /// <summary>Lets every process that is held down start, and every frozen one go on.</summary>
    public void Release()
    {
        foreach (PodRunner runner in _runners.Values)
        {
            runner.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PodRunner runner in _runners.Values)
        {
            runner.Dispose();
        }
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        ApplyOptions apply = new() { Force = true, FieldManager = "lab-node-agent" };
        foreach ((ResourceType type, JsonObject definition) in VolumeProvisioner.Definitions)
        {
            await runtime.Kubernetes.ApplyAsync(type, null, definition.Name(), definition, apply, cancellationToken);
        }

        foreach (LabNode node in nodes)
        {
            await runtime.Kubernetes.ApplyAsync(ResourceType.Nodes, null, node.Name, node.Render(), apply, cancellationToken);
            JsonObject status = new() { ["status"] = node.RenderStatus(kubeletPort, runtime.TimeProvider.GetUtcNow()) };
            await runtime.Kubernetes.MergePatchAsync(ResourceType.Nodes, null, node.Name, status, "status", cancellationToken);
        }
    }

    private async Task RenewLeasesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RenewAsync(cancellationToken);
            }
            catch (ApiException e)
            {
                // A lease outlives several missed renewals.
                runtime.Log($"Node leases: {e.Message}");
            }

            await Task.Delay(LeaseRenewal, runtime.TimeProvider, cancellationToken);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        foreach (LabNode node in nodes.Where(node => !_cutOff.ContainsKey(node.Name)))
        {
            await runtime.Kubernetes.ApplyAsync(
                ResourceType.Leases,
                LabNode.LeaseNamespace,
                node.Name,
                node.RenderLease(runtime.TimeProvider.GetUtcNow()),
                new() { Force = true, FieldManager = "lab-node-agent" },
                cancellationToken);
        }
    }

    private async Task ProvisionVolumesAsync(CancellationToken cancellationToken)
    {
        await foreach (WatchEvent change in runtime.Kubernetes.WatchAsync(
            ResourceType.PersistentVolumeClaims, null, Endless, cancellationToken))
        {
            if (change.Type is WatchEventType.Added or WatchEventType.Modified && VolumeProvisioner.VolumeFor(change.Object) is { } volume)
            {
                await ProvisionAsync(volume, cancellationToken);
            }
        }
    }

    private async Task ProvisionAsync(JsonObject volume, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await runtime.Kubernetes.CreateAsync(ResourceType.PersistentVolumes, null, volume, cancellationToken);
                return;
            }
            catch (ApiException e) when (e.IsAlreadyExists)
            {
                // Made at an earlier look; the claim is about to be bound.
                return;
            }
            catch (ApiException e) when (e.IsTransient)
            {
                runtime.Log($"Volume {volume.Name()}: {e.Message}");
                await Task.Delay(ProvisionAgainAfter, runtime.TimeProvider, cancellationToken);
            }
        }
    }

    private async Task WatchPodsAsync(ConcurrentBag<Task> running, TaskCompletionSource failure, CancellationToken cancellationToken)
    {
        HashSet<string> names = [.. nodes.Select(node => node.Name)];
        await foreach (WatchEvent change in runtime.Kubernetes.WatchAsync(ResourceType.Pods, null, Endless, cancellationToken))
        {
            JsonObject pod = change.Object;
            if (change.Type == WatchEventType.Bookmark)
            {
                continue;
            }

            (string, string) key = (pod.Namespace()!, pod.Name());
            bool isOurs = names.Contains((string?)pod["spec"]?["nodeName"] ?? "");
            if (change.Type == WatchEventType.Deleted || !isOurs)
            {
                _runners.GetValueOrDefault(key)?.Update(null);
                continue;
            }

            _runners.GetOrAdd(key, _ =>
            {
                PodRunner runner = new(runtime, key.Item1, key.Item2, _cutOff.ContainsKey);
                running.Add(WatchOverAsync(runner.RunAsync(cancellationToken), failure));
                return runner;
            }).Update(pod);
        }
    }

    private static async Task WatchOverAsync(Task loop, TaskCompletionSource failure)
    {
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loop.Exception is { } exception)
        {
            failure.TrySetException(exception.InnerExceptions);
        }
    }
}
