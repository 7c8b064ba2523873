using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>What the scheduler asks of one state of a node, read once, and what the pods on it have taken.</summary>
internal sealed class NodeFacts(StoredObject node)
{
    public StoredObject Object { get; } = node;

    public string Name => Object.Name;

    public IReadOnlyDictionary<string, string> Labels => Object.Labels;

    public IReadOnlyList<Taint> Taints { get; } = Taint.Of(node.Spec);

    /// <summary>Whether it is cordoned.</summary>
    public bool IsUnschedulable { get; } = node.Spec.Flag("unschedulable");

    public string? Zone => Labels.GetValueOrDefault("topology.kubernetes.io/zone");

    /// <summary>What it has for pods.</summary>
    public Resources Allocatable { get; } = Resources.OfNode(node.Status);

    /// <summary>What its pods have asked for; kept by <see cref="NodeCache"/>.</summary>
    public Resources Taken { get; set; }
}
