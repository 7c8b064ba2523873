namespace Orchestrator.Workflows.ChangeControl.Inputs;

/// <summary>
/// The one input record of a procedure. All of its fields but <see cref="Change"/> decide what is done, and are hashed with the plan.
/// </summary>
public interface IProcedureInput
{
    /// <summary>The cluster, and where the procedure needs one, the namespace.</summary>
    ChangeTarget Target { get; }

    /// <summary>Who asks for what, and why.</summary>
    ChangeRequest Change { get; }

    /// <summary>The tier with these fields: a waiver, for example, raises it. By default the procedure's own.</summary>
    /// <param name="own">The tier of the procedure.</param>
    ChangeTier TierAbove(ChangeTier own) => own;

    /// <summary>What is wrong with its own fields: one sentence a fault, naming field, value and rule. Default: nothing.</summary>
    IReadOnlyList<string> Faults() => [];
}
