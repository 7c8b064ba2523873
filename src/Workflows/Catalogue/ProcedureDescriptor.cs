using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>A procedure that can be started.</summary>
/// <param name="Name">Its name on the command line, in kebab case.</param>
/// <param name="WorkflowType">Its workflow type.</param>
/// <param name="Tier">Its tier, before anything raises it.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="InputType">The type of its one input record.</param>
public sealed record ProcedureDescriptor(string Name, string WorkflowType, ChangeTier Tier, string Summary, Type InputType)
{
    /// <summary>The tier of a change with this input, before its requester raises it; by default <see cref="Tier"/>.</summary>
    public Func<object, ChangeTier>? TierOf { get; init; }
}
