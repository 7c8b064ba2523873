using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a step may have changed, and whether it is put back.</summary>
/// <param name="Step">The step.</param>
/// <param name="Undo">How it is put back, in words.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Detail">Why it could not be undone.</param>
public sealed record JournalEntry(string Step, string Undo, JournalState State, string? Detail = null)
{
    /// <summary>Whether it may have changed something that is not put back.</summary>
    [JsonIgnore]
    public bool IsOpen => State is JournalState.Pushed or JournalState.Done or JournalState.UndoFailed or JournalState.UndoSkipped;
}
