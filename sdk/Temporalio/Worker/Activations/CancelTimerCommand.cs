namespace Temporalio.Worker.Activations;

/// <summary>Cancels a timer.</summary>
/// <param name="Sequence">The timer's number.</param>
internal sealed record CancelTimerCommand(uint Sequence) : WorkflowCommand;
