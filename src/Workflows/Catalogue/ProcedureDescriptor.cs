using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>A procedure that can be started.</summary>
/// <param name="Name">Its name on the command line, in kebab case.</param>
/// <param name="WorkflowType">Its workflow type.</param>
/// <param name="Kind">Whether it changes anything.</param>
/// <param name="Tier">Its tier, before anything raises it.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="InputType">The type of its one input record, an <see cref="IProcedureInput"/>.</param>
public sealed record ProcedureDescriptor(
    string Name, string WorkflowType, ProcedureKind Kind, ChangeTier Tier, string Summary, Type InputType)
{
    /// <summary>Whether it may run on a schedule. Default: it may not.</summary>
    public bool IsSchedulable { get; init; }

    /// <summary>The tier of a change with this input, before its requester raises it.</summary>
    public ChangeTier TierOf(IProcedureInput input) => input.TierAbove(Tier);
}
