using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>Payload codecs over single payloads, failures, and the fields that hold payloads.</summary>
public static class PayloadCodecExtensions
{
    private delegate Task<IReadOnlyCollection<Payload>> Coding(IReadOnlyCollection<Payload> payloads);

    /// <summary>Encodes one payload where there is only ever one.</summary>
    public static async Task<Payload> EncodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.EncodeAsync([payload])).Single();

    /// <summary>Decodes one payload where there is only ever one.</summary>
    public static async Task<Payload> DecodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        (await codec.DecodeAsync([payload])).Single();

    /// <summary>Encodes all payloads of a failure and its causes, in place.</summary>
    public static Task EncodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(failure, codec.EncodeAsync);

    /// <summary>Decodes all payloads of a failure and its causes, in place.</summary>
    public static Task DecodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(failure, codec.DecodeAsync);

    /// <summary>Encodes payloads in place; null and empty lists stay.</summary>
    internal static Task EncodeInPlaceAsync(this IPayloadCodec codec, Payloads? payloads) =>
        ApplyAsync(payloads?.Payloads_, codec.EncodeAsync);

    /// <summary>Decodes payloads in place; null and empty lists stay.</summary>
    internal static Task DecodeInPlaceAsync(this IPayloadCodec codec, Payloads? payloads) =>
        ApplyAsync(payloads?.Payloads_, codec.DecodeAsync);

    /// <summary>Encodes each value of a map, such as headers or a memo, in place.</summary>
    internal static Task EncodeInPlaceAsync(this IPayloadCodec codec, MapField<string, Payload>? fields) =>
        ApplyAsync(fields, codec.EncodeAsync);

    /// <summary>Decodes each value of a map, such as headers or a memo, in place.</summary>
    internal static Task DecodeInPlaceAsync(this IPayloadCodec codec, MapField<string, Payload>? fields) =>
        ApplyAsync(fields, codec.DecodeAsync);

    private static async Task ApplyAsync(Failure outermost, Coding coding)
    {
        for (Failure? failure = outermost; failure is not null; failure = failure.Cause)
        {
            if (failure.EncodedAttributes is not null)
            {
                failure.EncodedAttributes = (await coding([failure.EncodedAttributes])).Single();
            }

            Payloads? details = failure.FailureInfoCase switch
            {
                Failure.FailureInfoOneofCase.ApplicationFailureInfo => failure.ApplicationFailureInfo.Details,
                Failure.FailureInfoOneofCase.TimeoutFailureInfo => failure.TimeoutFailureInfo.LastHeartbeatDetails,
                Failure.FailureInfoOneofCase.CanceledFailureInfo => failure.CanceledFailureInfo.Details,
                Failure.FailureInfoOneofCase.ResetWorkflowFailureInfo => failure.ResetWorkflowFailureInfo.LastHeartbeatDetails,
                _ => null,
            };
            await ApplyAsync(details?.Payloads_, coding);
        }
    }

    private static async Task ApplyAsync(RepeatedField<Payload>? payloads, Coding coding)
    {
        if (payloads is { Count: > 0 })
        {
            // The result may be lazy over the list that is about to be cleared.
            Payload[] coded = [.. await coding(payloads)];
            payloads.Clear();
            payloads.Add(coded);
        }
    }

    private static async Task ApplyAsync(MapField<string, Payload>? fields, Coding coding)
    {
        foreach ((string name, Payload payload) in fields?.ToArray() ?? [])
        {
            fields![name] = (await coding([payload])).Single();
        }
    }
}
