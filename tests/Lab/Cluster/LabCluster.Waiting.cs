using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Cluster;

/// <content>Waits for states of the cluster.</content>
public sealed partial class LabCluster
{
    /// <summary>Waits until a resource of the operator is running at the generation that it has now.</summary>
    public Task WaitUntilRunningAsync(ResourceType type, string name, CancellationToken cancellationToken) =>
        WaitUntilAsync(
            type,
            name,
            resource => (string?)resource["status"]?["phase"] == "RUNNING" && resource.ObservedGeneration() == resource.Generation(),
            cancellationToken);

    /// <summary>Waits until an object of the cluster's namespace is as wanted, and returns it so.</summary>
    /// <exception cref="InvalidOperationException">The operator or the nodes have stopped; the text says why.</exception>
    public async Task<JsonObject> WaitUntilAsync(
        ResourceType type, string name, Func<JsonObject, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            ThrowIfFailed();
            if (await Kubernetes.FindAsync(type, Namespace, name, cancellationToken) is { } found && isWanted(found))
            {
                return found;
            }

            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>
    /// Makes the cluster what every test starts from, whatever the one before left: operator and nodes at work, no faults, no process held
    /// down or frozen, none of the operator's annotations, both resources running, nothing observed yet.
    /// </summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        Operator.Faults = OperatorFaults.None;
        if (!_operatorRun.IsStarted)
        {
            StartOperator();
        }

        if (_nodes is null)
        {
            StartNodes();
        }

        await ReconnectNodesAsync(cancellationToken);
        await UncordonNodesAsync(cancellationToken);
        _nodes!.Release();
        JsonObject annotations = new()
        {
            [ConfluentAnnotations.BlockReconcile] = null,
            [ConfluentAnnotations.MaintenanceMode] = null,
            [ConfluentAnnotations.RollPrecheck] = null,
        };
        JsonObject patch = new() { ["metadata"] = new JsonObject { ["annotations"] = annotations } };
        (ResourceType Type, string Name, int Pods)[] components =
        [
            (ConfluentResources.KRaftControllers, Controllers, _options.Controllers), (ConfluentResources.Kafkas, Kafka, _options.Brokers),
        ];
        foreach ((ResourceType type, string name, int pods) in components)
        {
            await Kubernetes.MergePatchAsync(type, Namespace, name, patch, null, cancellationToken);
            await WaitUntilRunningAsync(type, name, cancellationToken);
            while (!Pods.HasSeenReady(name, pods))
            {
                ThrowIfFailed();
                await Task.Delay(Poll, TimeProvider.System, cancellationToken);
            }
        }

        Pods.Reset();
    }

    /// <summary>Waits until cancelled, or until a part of the cluster fails.</summary>
    /// <exception cref="InvalidOperationException">The operator or the nodes have stopped; the text says why.</exception>
    public async Task RunUntilAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_operatorRun.Run, _nodesRun.Run, _observerRun.Run).WaitAsync(cancellationToken);
        ThrowIfFailed();
    }

    private void ThrowIfFailed()
    {
        _operatorRun.ThrowIfFailed();
        _nodesRun.ThrowIfFailed();
        _observerRun.ThrowIfFailed();
    }

    private async Task<string> DescribePodsAsync(CancellationToken cancellationToken)
    {
        ResourceList pods = await Kubernetes.ListAsync(ResourceType.Pods, Namespace, null, cancellationToken);
        return pods.Items.Count == 0
            ? "there are no pods"
            : string.Join(", ", pods.Items.Select(pod =>
                $"{pod.Name()} "
                    + ((string?)pod["status"]?["containerStatuses"]?[0]?["state"]?["waiting"]?["reason"]
                        ?? (string?)pod["status"]?["phase"])));
    }
}
