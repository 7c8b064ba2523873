using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers;

/// <summary>How the controllers and nodes of a cluster in the box go.</summary>
public sealed class ControlPlaneOptions
{
    /// <summary>How a pod goes that no workload runs in. Default: the defaults of <see cref="PodScript"/> for all pods.</summary>
    public Func<StoredObject, PodScript> Script { get; set; } = _ => new PodScript();

    /// <summary>What runs in pods in place of the script; the first that wants a pod has it. Default: none.</summary>
    public IReadOnlyList<IPodWorkload> Workloads { get; set; } = [];

    /// <summary>How long a provisioner takes to make a volume. Default: 500 ms.</summary>
    public TimeSpan Provisioning { get; set; } = TimeSpan.FromMilliseconds(500);
}
