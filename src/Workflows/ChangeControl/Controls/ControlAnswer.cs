namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>The answer to a control that was accepted.</summary>
/// <param name="State">Where the run stands now; what was asked for may need a moment, such as the end of a step.</param>
/// <param name="Sentence">What happens next, in one sentence.</param>
public sealed record ControlAnswer(ChangeState State, string Sentence);
