using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>How well an item can be undone.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UndoKind>))]
public enum UndoKind
{
    /// <summary>There is nothing to undo, or no way to.</summary>
    None,

    /// <summary>The prior state is written back.</summary>
    Exact,

    /// <summary>Another act makes up for it.</summary>
    Compensating,
}
