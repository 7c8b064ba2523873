using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>An update has come.</summary>
/// <param name="protocolInstanceId">The id under which the answers go back.</param>
/// <param name="request">The request.</param>
/// <param name="runValidator">Whether the update may still be rejected; on replay it was accepted.</param>
internal sealed class DoUpdateJob(string protocolInstanceId, Request request, bool runValidator) : ActivationJob
{
    public override JobRank Rank => JobRank.Message;

    public string ProtocolInstanceId { get; } = protocolInstanceId;

    public string Id { get; } = request.Meta?.UpdateId ?? protocolInstanceId;

    public string Name { get; } = request.Input?.Name ?? string.Empty;

    public bool RunValidator { get; } = runValidator;

    public IReadOnlyList<Payload> Arguments { get; private set; } = request.Input?.Args?.Payloads_ ?? [];

    public MapField<string, Payload>? Headers { get; private set; } = request.Input?.Header?.Fields;

    public override async Task DecodeAsync(IPayloadCodec codec)
    {
        Arguments = await codec.DecodedAsync(Arguments);
        Headers = await codec.DecodedAsync(Headers);
    }
}
