using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>An object to delete.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Object">The object, with its UID: another one of the same name is not touched, and means that this one is gone.</param>
/// <param name="Fences">The fencing tokens of the change.</param>
public sealed record DeleteObjectInput(ChangeTarget Target, ObjectReference Object, IReadOnlyList<Fence> Fences) : IWarrantedAct
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    /// <summary>What proves that the approved plan has this act.</summary>
    public Warrant? Warrant { get; init; }

    /// <inheritdoc/>
    public PlannedAct Act() => new(PlanAction.Delete, Object.Planned(), []);
}
