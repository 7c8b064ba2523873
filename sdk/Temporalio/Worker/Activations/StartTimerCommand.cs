using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Starts a timer.</summary>
/// <param name="Sequence">The timer's number.</param>
/// <param name="Command">The command.</param>
internal sealed record StartTimerCommand(uint Sequence, Command Command) : ServerCommand(Command);
