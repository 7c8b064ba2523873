using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The metadata that Temporal's own encodings write into a payload.</summary>
internal static class PayloadMetadata
{
    /// <summary>The encoding of the data.</summary>
    public const string EncodingKey = "encoding";

    /// <summary>The full name of a protobuf message's type.</summary>
    public const string MessageTypeKey = "messageType";

    /// <summary>A payload of this encoding, which takes over the bytes.</summary>
    public static Payload ToPayload(ByteString encoding, byte[] data)
    {
        Payload payload = new() { Data = UnsafeByteOperations.UnsafeWrap(data) };
        payload.Metadata[EncodingKey] = encoding;
        return payload;
    }
}
