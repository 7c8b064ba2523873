using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Asks another workflow to cancel.</summary>
/// <param name="Sequence">The request's number.</param>
/// <param name="Command">The command.</param>
internal sealed record CancelExternalCommand(uint Sequence, Command Command) : ServerCommand(Command);
