using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Changes the memo.</summary>
/// <param name="Command">The command.</param>
internal sealed record ModifyPropertiesCommand(Command Command) : ServerCommand(Command);
