namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a step may have changed, and whether it is put back.</summary>
/// <param name="Step">The step.</param>
/// <param name="Undo">How it is put back, in words.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Detail">Why it could not be undone.</param>
public sealed record JournalEntry(string Step, string Undo, JournalState State, string? Detail = null);
