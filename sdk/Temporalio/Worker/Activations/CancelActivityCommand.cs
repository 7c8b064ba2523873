namespace Temporalio.Worker.Activations;

/// <summary>Cancels an activity.</summary>
/// <param name="Sequence">The activity's number.</param>
internal sealed record CancelActivityCommand(uint Sequence) : WorkflowCommand;
