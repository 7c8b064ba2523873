using Temporalio.Api.Command.V1;

namespace Temporalio.Worker.Activations;

/// <summary>Changes search attributes.</summary>
/// <param name="Command">The command.</param>
internal sealed record UpsertSearchAttributesCommand(Command Command) : ServerCommand(Command);
