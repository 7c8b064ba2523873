namespace Temporalio.Worker.Activations;

/// <summary>Accepts an update; its handler runs from here on.</summary>
/// <param name="ProtocolInstanceId">The id of the update's protocol.</param>
internal sealed record AcceptUpdateCommand(string ProtocolInstanceId) : WorkflowCommand;
