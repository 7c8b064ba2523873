using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Decoded copies of what events hold. The events themselves may be read again and stay encoded.</summary>
internal static class PayloadDecoding
{
    public static async Task<IReadOnlyList<Payload>> DecodedAsync(this IPayloadCodec codec, IReadOnlyList<Payload> payloads) =>
        payloads.Count == 0 ? payloads : [.. await codec.DecodeAsync([.. payloads])];

    public static async Task<Payload?> DecodedAsync(this IPayloadCodec codec, Payload? payload) =>
        payload is null ? null : await codec.DecodeSingleAsync(payload);

    public static async Task<Failure?> DecodedAsync(this IPayloadCodec codec, Failure? failure)
    {
        if (failure is null)
        {
            return null;
        }

        Failure copy = failure.Clone();
        await codec.DecodeFailureAsync(copy);
        return copy;
    }

    public static async Task<MapField<string, Payload>?> DecodedAsync(this IPayloadCodec codec, MapField<string, Payload>? fields)
    {
        if (fields is null or { Count: 0 })
        {
            return fields;
        }

        MapField<string, Payload> copy = fields.Clone();
        await codec.DecodeInPlaceAsync(copy);
        return copy;
    }
}
