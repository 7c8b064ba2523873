using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Signals another workflow.</summary>
/// <param name="Sequence">The signal's number.</param>
/// <param name="Command">The command.</param>
internal sealed record SignalExternalCommand(uint Sequence, Command Command) : ServerCommand(Command);
