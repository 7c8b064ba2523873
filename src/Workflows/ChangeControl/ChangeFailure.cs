namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Why a run failed.</summary>
/// <param name="Step">The step that failed.</param>
/// <param name="Code">A stable code: a reason code, or the type of the failure.</param>
/// <param name="Sentence">What happened, with names and numbers.</param>
public sealed record ChangeFailure(string Step, string Code, string Sentence);
