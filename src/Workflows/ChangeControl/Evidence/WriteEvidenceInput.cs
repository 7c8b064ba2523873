using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>An evidence pack to be written.</summary>
/// <param name="ChangeId">
/// The change, which must be that of the run that asks; the folder has its name, and below it that of the run.
/// </param>
/// <param name="Documents">The files that the run wrote.</param>
/// <param name="Events">The audit chain.</param>
/// <param name="Workflows">The workflows whose histories belong to it, by id; the run itself first, then its children.</param>
public sealed record WriteEvidenceInput(
    string ChangeId,
    IReadOnlyList<EvidenceDocument> Documents,
    IReadOnlyList<AuditEvent> Events,
    IReadOnlyList<string> Workflows) : IFrameAct
{
    /// <inheritdoc/>
    public string? Refuse(CallingRun run) =>
        !run.IsProcedure ? $"{run.WorkflowType} is not a procedure."
        : ChangeId != ChangeControl.ChangeId.Of(run.WorkflowId) ? $"Only {ChangeId}'s own run may write its evidence."
        : null;
}
