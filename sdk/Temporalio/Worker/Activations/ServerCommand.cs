using Temporalio.Api.Command.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>A command that goes to the server as it stands, unless it is cancelled first.</summary>
/// <param name="Command">The command.</param>
internal abstract record ServerCommand(Command Command) : WorkflowCommand
{
    public override Task EncodeAsync(IPayloadCodec codec) => CommandEncoding.EncodeAsync(codec, Command);
}
