using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>Fields to change on one object.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Object">The object.</param>
/// <param name="Changes">The fields.</param>
/// <param name="Fences">
/// The fencing tokens of the change, the most specific guard last. Where the cluster shows a newer one, nothing is written; the last one
/// is left on the object in the same request.
/// </param>
public sealed record PatchObjectInput(
    ChangeTarget Target, ObjectReference Object, IReadOnlyList<PointerChange> Changes, IReadOnlyList<Fence>? Fences = null) : IWarrantedAct
{
    /// <summary>
    /// Who changes the fields, where others change them as well: what another has set is not touched. Null: nobody else does.
    /// </summary>
    public OwnerMark? Mark { get; init; }

    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    /// <summary>What proves that the approved plan has this act.</summary>
    public Warrant? Warrant { get; init; }

    /// <inheritdoc/>
    public PlannedAct Act() => new(
        PlanAction.Update,
        Object.Planned(),
        [
            .. Changes.Select(change => new FieldValue(change.Pointer, change.Before, change.After)),
            .. Mark is null ? (FieldValue[])[] : [Mark.Written()],
        ]);
}
