namespace Temporalio.Worker.Activations;

/// <summary>Drops a signal to another workflow, if it was not sent.</summary>
/// <param name="Sequence">The signal's number.</param>
internal sealed record CancelSignalCommand(uint Sequence) : WorkflowCommand;
