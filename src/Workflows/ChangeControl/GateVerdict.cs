namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Why a change does not start.</summary>
/// <param name="End">The state that it ends in.</param>
/// <param name="Sentence">Why.</param>
/// <param name="AsksAgain">Whether new votes on a fresh plan may still let it start.</param>
internal sealed record GateVerdict(ChangeState End, string Sentence, bool AsksAgain = false);
