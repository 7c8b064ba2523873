using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>The machine behind a node: its images, and whether it is switched on.</summary>
internal sealed class NodeHost(string name, string address, ControlPlaneOptions options, PodFaults faults)
{
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public string Address { get; } = address;

    public PodFaults Faults { get; } = faults;

    /// <summary>Whether it runs and can be reached.</summary>
    public bool IsUp { get; set; } = true;

    public bool HasImage(string image) => _images.Contains(image);

    public void AddImage(string image) => _images.Add(image);

    public PodScript ScriptOf(StoredObject pod) => options.Script(pod);

    /// <summary>What runs in a pod.</summary>
    public IPodWorkload WorkloadOf(StoredObject pod, PodScript script, ControlLoop loop) =>
        options.Workloads.FirstOrDefault(each => each.RunsIn(pod))
        ?? new ScriptedWorkload(
            script, OwnerReference.ControllerOf(pod) is { Kind: "Job" } ? script.JobDuration : script.Duration, loop);
}
