using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Tests.Worker;

/// <summary>A codec that makes payloads unreadable, to see where it is forgotten.</summary>
internal sealed class XorCodec : IPayloadCodec
{
    public const string Encoding = "binary/xor";

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(payload => new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8(Encoding) },
            Data = Flip(payload.ToByteString()),
        })]);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(payload =>
            payload.Metadata["encoding"].ToStringUtf8() == Encoding
                ? Payload.Parser.ParseFrom(Flip(payload.Data))
                : throw new InvalidOperationException("A payload is not encoded."))]);

    private static ByteString Flip(ByteString bytes) => ByteString.CopyFrom([.. bytes.Select(b => (byte)(b ^ 0x5A))]);
}
