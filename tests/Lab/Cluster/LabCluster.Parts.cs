using Orchestrator.Lab.Cluster.Nodes;

namespace Orchestrator.Lab.Cluster;

/// <content>The parts of the cluster that run in this process. Stopped and started again, they go on where the API says they are.</content>
public sealed partial class LabCluster
{
    /// <summary>Stops the operator, as if its process were killed.</summary>
    public Task StopOperatorAsync() => _operatorRun.StopAsync();

    /// <summary>Starts the operator after <see cref="StopOperatorAsync"/>.</summary>
    public void StartOperator() => _operatorRun.Start(Operator.RunAsync);

    /// <summary>Stops the node agent, as if its process were killed. The pods' processes run on, and nobody looks after them.</summary>
    public async Task StopNodesAsync()
    {
        await _nodesRun.StopAsync();
        _nodes?.Dispose();
        _nodes = null;
    }

    /// <summary>Starts the node agent after <see cref="StopNodesAsync"/>: it adopts the processes that it finds.</summary>
    public void StartNodes()
    {
        ContainerRuntime runtime = new(
            Kubernetes, _installation!, _ports, new(_http), Servers.DataFolder, _log.Write, TimeProvider.System);
        _nodes = new(runtime, [.. Enumerable.Range(0, _options.Nodes).Select(LabNode.Number)], Servers.Port + 10);
        _nodesRun.Start(_nodes.RunAsync);
    }
}
