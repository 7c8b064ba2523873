using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>A signal has come.</summary>
/// <param name="signal">The signal's event.</param>
internal sealed class SignalWorkflowJob(WorkflowExecutionSignaledEventAttributes signal) : ActivationJob
{
    public override JobRank Rank => JobRank.Message;

    public string Name { get; } = signal.SignalName;

    public IReadOnlyList<Payload> Arguments { get; private set; } = signal.Input?.Payloads_ ?? [];

    public MapField<string, Payload>? Headers { get; private set; } = signal.Header?.Fields;

    public override async Task DecodeAsync(IPayloadCodec codec)
    {
        Arguments = await codec.DecodedAsync(Arguments);
        Headers = await codec.DecodedAsync(Headers);
    }
}
