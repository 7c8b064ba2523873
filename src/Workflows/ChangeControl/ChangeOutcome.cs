namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How a change ended: part of the result of every procedure.</summary>
/// <param name="Status">Where everything stood at the end; its state is a final one.</param>
/// <param name="NothingToDo">True if everything already was as wanted.</param>
public sealed record ChangeOutcome(ChangeStatus Status, bool NothingToDo = false)
{
    /// <summary>The final state.</summary>
    public ChangeState State => Status.State;
}
