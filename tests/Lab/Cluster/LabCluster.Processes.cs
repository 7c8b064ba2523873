using Orchestrator.Lab.Cluster.Nodes;
using Orchestrator.Lab.Cluster.Processes;

namespace Orchestrator.Lab.Cluster;

/// <content>What can happen to a pod's process.</content>
public sealed partial class LabCluster
{
    /// <summary>Ends a pod's process with SIGKILL; the node starts it again, as a kubelet does.</summary>
    /// <exception cref="InvalidOperationException">The pod runs no process.</exception>
    public void KillProcess(string pod) => RunnerOf(pod).Send(Signal.Kill);

    /// <summary>Ends a pod's process with SIGKILL and keeps it down, as a crash loop does, until <see cref="LetProcessStart"/>.</summary>
    /// <exception cref="InvalidOperationException">The pod runs no process.</exception>
    public void KeepProcessDown(string pod)
    {
        PodRunner runner = RunnerOf(pod);
        runner.HoldDown(true);
        runner.Send(Signal.Kill);
    }

    /// <summary>Lets a process start again after <see cref="KeepProcessDown"/>.</summary>
    public void LetProcessStart(string pod) => RunnerOf(pod).HoldDown(false);

    /// <summary>Freezes a pod's process with SIGSTOP: its connections stay open and nothing answers.</summary>
    /// <exception cref="InvalidOperationException">The pod runs no process.</exception>
    public void FreezeProcess(string pod) => RunnerOf(pod).Send(Signal.Stop);

    /// <summary>Lets a frozen process go on.</summary>
    /// <exception cref="InvalidOperationException">The pod runs no process.</exception>
    public void ThawProcess(string pod) => RunnerOf(pod).Send(Signal.Continue);

    private PodRunner RunnerOf(string pod) => _nodes!.RunnerOf(Namespace, pod);
}
