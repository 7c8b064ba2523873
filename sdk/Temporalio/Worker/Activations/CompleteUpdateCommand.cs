using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Ends an accepted update with its result.</summary>
/// <param name="ProtocolInstanceId">The id of the update's protocol.</param>
/// <param name="Result">The result.</param>
internal sealed record CompleteUpdateCommand(string ProtocolInstanceId, Payload Result) : WorkflowCommand
{
    public Payload Result { get; private set; } = Result;

    public override async Task EncodeAsync(IPayloadCodec codec) => Result = await codec.EncodeSingleAsync(Result);
}
