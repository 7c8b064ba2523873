namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>One intended change.</summary>
/// <param name="Seq">Its place in the plan, from 1; 0 where it is made only if it is needed.</param>
/// <param name="Step">The name of the step that makes it.</param>
/// <param name="Action">What it does.</param>
/// <param name="Object">The object it does that to.</param>
/// <param name="Changes">The fields it changes.</param>
/// <param name="Undo">How well it can be undone.</param>
public sealed record PlanItem(int Seq, string Step, PlanAction Action, PlanObject Object, IReadOnlyList<FieldChange> Changes,
    UndoKind Undo);
