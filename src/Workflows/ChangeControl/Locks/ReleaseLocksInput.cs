using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Locks to release.</summary>
/// <param name="Holder">Who held them.</param>
/// <param name="Guards">The guards, in the order in which they were taken.</param>
public sealed record ReleaseLocksInput(LockHolder Holder, IReadOnlyList<string> Guards) : IFrameAct
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    // A guard gives back the other locks of a holder that cannot do so any more.
    /// <inheritdoc/>
    public string? Refuse(CallingRun run) => run.WorkflowType == LockNames.ClusterGuard ? null : Holder.RefuseFor(run);
}
