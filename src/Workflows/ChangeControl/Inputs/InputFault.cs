namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>What is wrong with a field of a record that somebody sent.</summary>
/// <param name="Path">The field, such as <c>Change.TierAtLeast</c>; empty for the record itself.</param>
/// <param name="Sentence">What is wrong, in one sentence that begins with the field.</param>
/// <param name="IsUnknown">Whether there is no such field.</param>
internal sealed record InputFault(string Path, string Sentence, bool IsUnknown = false);
