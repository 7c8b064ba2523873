namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>A file of an evidence pack.</summary>
/// <param name="Path">Its path in the pack, with slashes.</param>
/// <param name="Text">What it says.</param>
public sealed record EvidenceDocument(string Path, string Text);
