using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Ends the run: completes, fails or cancels it, or continues it as new. Only the first of an activation counts.</summary>
/// <param name="Command">The command.</param>
internal sealed record CloseRunCommand(Command Command) : ServerCommand(Command);
