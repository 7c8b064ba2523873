namespace Temporalio.Worker.Activations;

/// <summary>Cancels a child.</summary>
/// <param name="Sequence">The child's number.</param>
internal sealed record CancelChildCommand(uint Sequence) : WorkflowCommand;
