using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Following;

/// <summary>The part of a procedure's result that all procedures share.</summary>
/// <param name="Change">How the change ended.</param>
internal sealed record ProcedureResult(ChangeOutcome Change);
