using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where an entry of the journal stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JournalState>))]
public enum JournalState
{
    /// <summary>Written before the act: it may have happened.</summary>
    Pushed,

    /// <summary>The act is done.</summary>
    Done,

    /// <summary>The act is undone.</summary>
    Undone,

    /// <summary>It could not be undone.</summary>
    UndoFailed,

    /// <summary>It was left on purpose: putting it back would do harm.</summary>
    UndoSkipped,

    /// <summary>The act is known not to have happened.</summary>
    NotDone,

    /// <summary>It is never undone: a point of no return came after it, or what it set going has come to its end.</summary>
    Sealed,
}
