using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A fencing token to be written.</summary>
/// <param name="Places">The clusters to write it on.</param>
/// <param name="Guard">The guard.</param>
/// <param name="Above">The token must be greater than this one, and than those that the clusters show.</param>
/// <param name="HolderIdentity">The change that gets the lock, or who broke it.</param>
/// <param name="Holder">The run that gets the lock; null where nobody does, as after a break.</param>
public sealed record RaiseFenceInput(
    IReadOnlyList<LockPlace> Places, string Guard, long Above, string HolderIdentity, LockHolder? Holder = null) : IFrameAct
{
    /// <inheritdoc/>
    public string? Refuse(CallingRun run) =>
        run.WorkflowType == LockNames.ClusterGuard && run.WorkflowId == Guard
            ? null
            : $"Only the guard {Guard} itself may write its token.";
}
