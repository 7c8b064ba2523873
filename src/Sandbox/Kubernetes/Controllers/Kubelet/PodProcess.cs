using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>A process as its pod sees it. What its workload says is taken up by the control loop.</summary>
internal sealed class PodProcess(ControlLoop loop, StoredObject pod, IPodWorkload workload) : IPodProcess
{
    /// <inheritdoc/>
    public StoredObject Pod { get; } = pod;

    /// <summary>Whether it said last that it serves.</summary>
    public bool Serves { get; set; }

    /// <summary>Is told, by the loop, that it serves or no longer does.</summary>
    public Action<PodProcess, bool>? ReadinessChanged { get; set; }

    /// <summary>Is told, by the loop, that it has ended.</summary>
    public Action<PodProcess, int>? Exited { get; set; }

    public void Start() => workload.Start(this);

    public void Stop() => workload.Stop(this);

    public void Kill() => workload.Kill(this);

    /// <inheritdoc/>
    public void SetReady(bool isReady) =>
        loop.Post($"{Pod.Namespace}/{Pod.Name} {(isReady ? "serves" : "no longer serves")}", () => ReadinessChanged?.Invoke(this, isReady));

    /// <inheritdoc/>
    public void Exit(int exitCode) =>
        loop.Post($"{Pod.Namespace}/{Pod.Name} ends with {exitCode}", () => Exited?.Invoke(this, exitCode));
}
