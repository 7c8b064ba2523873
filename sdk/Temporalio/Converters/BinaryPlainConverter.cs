using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The encoding of byte arrays: the bytes.</summary>
public class BinaryPlainConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/plain");

    /// <inheritdoc/>
    public string Encoding => "binary/plain";

    /// <inheritdoc/>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is byte[] bytes ? PayloadMetadata.ToPayload(EncodingBytes, [.. bytes]) : null;
        return payload is not null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The type is no byte array.</exception>
    public virtual object? ToValue(Payload payload, Type type) => type.IsAssignableFrom(typeof(byte[]))
        ? payload.Data.ToByteArray()
        : throw new ArgumentException($"The payload holds bytes, not a value of type {type.FullName}.", nameof(type));
}
