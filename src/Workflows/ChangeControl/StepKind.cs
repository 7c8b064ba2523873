namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a step means for the way back.</summary>
public enum StepKind
{
    /// <summary>It changes nothing, or has an undo.</summary>
    Normal,

    /// <summary>It changes something, and putting that back would be another change: a run that ends early leaves it.</summary>
    Irreversible,

    /// <summary>
    /// It takes the way back: a second approval comes right before it, and what was done until then is never undone after it began, since
    /// an act whose answer is lost counts as done.
    /// </summary>
    PointOfNoReturn,

    /// <summary>It makes the world safe, or must follow the one before it at once: nothing that was asked of the run comes first.</summary>
    Uninterrupted,
}
