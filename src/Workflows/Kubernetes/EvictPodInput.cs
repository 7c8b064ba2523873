using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>A pod to evict.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Pod">Its name.</param>
/// <param name="Uid">Its UID: another pod of the same name is not touched, and means that this one is gone.</param>
/// <param name="Fences">The fencing tokens of the change.</param>
public sealed record EvictPodInput(ChangeTarget Target, string Pod, string Uid, IReadOnlyList<Fence> Fences) : IWarrantedAct
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    /// <summary>What proves that the approved plan has this act.</summary>
    public Warrant? Warrant { get; init; }

    /// <inheritdoc/>
    public PlannedAct Act() => new(PlanAction.Evict, new("kubernetes", "pods", Target.Namespace, Pod, Uid), []);
}
