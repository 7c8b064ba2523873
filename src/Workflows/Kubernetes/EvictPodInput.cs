using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>A pod to evict.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Pod">Its name.</param>
/// <param name="Uid">Its UID: another pod of the same name is left alone, and means that this one is gone.</param>
/// <param name="Fences">The fencing tokens of the change.</param>
public sealed record EvictPodInput(ChangeTarget Target, string Pod, string Uid, IReadOnlyList<Fence> Fences)
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}
