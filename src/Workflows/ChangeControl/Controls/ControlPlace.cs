namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Where a run stands when it is steered.</summary>
/// <param name="State">Its state.</param>
/// <param name="Step">The step that is under way or failed; null where none is.</param>
/// <param name="CanSkip">Whether that step, or the rest of its wait, can be skipped.</param>
/// <param name="Voters">Who approved the plan.</param>
internal sealed record ControlPlace(ChangeState State, string? Step, bool CanSkip, IReadOnlyList<string> Voters)
{
    /// <summary>Whether a step may have touched something: the change can no longer be withdrawn.</summary>
    public bool Began { get; init; }

    /// <summary>Whether a pause was asked for that it has not honoured yet.</summary>
    public bool WillPause { get; init; }

    /// <summary>Whether it waits for the second votes of a point of no return, which nobody but the voters can end.</summary>
    public bool AwaitsVotes { get; init; }

    /// <summary>Whether it was told to end, and does so at its next safe point.</summary>
    public bool Ends { get; init; }

    /// <summary>The controls that it takes there; null: those of its state.</summary>
    public IReadOnlyList<string>? Takes { get; init; }
}
