using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Rejects an update that was not accepted, or ends an accepted one with a failure.</summary>
/// <param name="ProtocolInstanceId">The id of the update's protocol.</param>
/// <param name="Failure">Why.</param>
internal sealed record FailUpdateCommand(string ProtocolInstanceId, Failure Failure) : WorkflowCommand
{
    public override Task EncodeAsync(IPayloadCodec codec) => codec.EncodeFailureAsync(Failure);
}
