using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster.Nodes;

namespace Orchestrator.Lab.Cluster;

/// <content>What can happen to a node.</content>
public sealed partial class LabCluster
{
    /// <summary>The node that a pod is bound to.</summary>
    public async Task<string> NodeOfAsync(string pod, CancellationToken cancellationToken) =>
        (string)(await Kubernetes.GetAsync(ResourceType.Pods, Namespace, pod, cancellationToken))["spec"]!["nodeName"]!;

    /// <summary>
    /// Takes a node off the network: its processes answer nobody, and the control plane hears nothing of it until
    /// <see cref="ReconnectNodesAsync"/>. After some 50 s it counts the node as lost.
    /// </summary>
    public void CutOffNode(string node) => _nodes!.CutOff(node);

    /// <summary>Gives all nodes their network back.</summary>
    public Task ReconnectNodesAsync(CancellationToken cancellationToken) => _nodes!.ReconnectAsync(cancellationToken);

    /// <summary>Cordons a node and evicts its pods as their budgets allow, with <c>kubectl drain</c>; returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error; the text holds what it said.</exception>
    public Task<string> DrainNodeAsync(string node, TimeSpan limit, CancellationToken cancellationToken) =>
        KubectlAsync(cancellationToken, "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", $"--timeout={limit.TotalSeconds}s");

    /// <summary>Lets pods be scheduled on every node again.</summary>
    public async Task UncordonNodesAsync(CancellationToken cancellationToken)
    {
        for (int number = 0; number < _options.Nodes; number++)
        {
            JsonObject patch = new() { ["spec"] = new JsonObject { ["unschedulable"] = null } };
            await Kubernetes.MergePatchAsync(ResourceType.Nodes, null, LabNode.Number(number).Name, patch, null, cancellationToken);
        }
    }

    /// <summary>Ends the Kafka processes of a node with SIGKILL and empties their volumes; then they start again, on nothing.</summary>
    public async Task LoseDiskAsync(string node, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Namespace, string Name)> pods = _nodes!.PodsOn(node);
        List<(PodRunner Runner, string Volume)> disks = [];
        foreach ((string @namespace, string name) in pods)
        {
            JsonObject? claim = await Kubernetes.FindAsync(
                ResourceType.PersistentVolumeClaims, @namespace, $"data0-{name}", cancellationToken);
            if ((string?)claim?["spec"]?["volumeName"] is { } volume)
            {
                disks.Add((_nodes.RunnerOf(@namespace, name), Path.Combine(Servers.DataFolder, "volumes", volume)));
            }
        }

        foreach ((PodRunner runner, string volume) in disks)
        {
            await EmptyAsync(runner, volume, cancellationToken);
        }
    }

    private static async Task EmptyAsync(PodRunner runner, string volume, CancellationToken cancellationToken)
    {
        runner.HoldDown(true);
        try
        {
            while (runner.HasProcess)
            {
                runner.Send(Processes.Signal.Kill);
                await Task.Delay(Poll, TimeProvider.System, cancellationToken);
            }

            Directory.Delete(volume, recursive: true);
        }
        finally
        {
            runner.HoldDown(false);
        }
    }

    private async Task<string> KubectlAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        string folder = Servers.EnvironmentVariables["PATH"].Split(':')[0];
        ProcessStartInfo start = new(Path.Combine(folder, "kubectl"), ["--kubeconfig", Kubeconfig, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string[] said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? said[0]
            : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)} ended with {process.ExitCode}: {said[1]}");
    }
}
