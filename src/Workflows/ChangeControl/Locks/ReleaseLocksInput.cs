using Orchestrator.Workflows.ChangeControl.Evidence;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Locks to give back.</summary>
/// <param name="Holder">Who held them.</param>
/// <param name="Guards">The guards, in the order in which they were taken.</param>
public sealed record ReleaseLocksInput(LockHolder Holder, IReadOnlyList<string> Guards)
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}
