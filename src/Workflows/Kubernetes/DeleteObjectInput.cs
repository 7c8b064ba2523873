using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>An object to delete.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Object">The object, with its UID: another one of the same name is left alone, and means that this one is gone.</param>
/// <param name="Fences">The fencing tokens of the change.</param>
public sealed record DeleteObjectInput(ChangeTarget Target, ObjectReference Object, IReadOnlyList<Fence> Fences)
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}
