namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Why a change does not start.</summary>
/// <param name="End">The state that it ends in.</param>
/// <param name="Sentence">Why.</param>
/// <param name="AsksAgain">Why new votes on a fresh plan may still let it start, as one of <see cref="ReasonCodes"/>; null where they may
/// not.</param>
internal sealed record GateVerdict(ChangeState End, string Sentence, string? AsksAgain = null);
