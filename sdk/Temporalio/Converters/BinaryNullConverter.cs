using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The encoding of null: no data.</summary>
public class BinaryNullConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/null");

    /// <inheritdoc/>
    public string Encoding => "binary/null";

    /// <inheritdoc/>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        payload = value is null ? PayloadMetadata.ToPayload(EncodingBytes, []) : null;
        return value is null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The type has no null.</exception>
    public virtual object? ToValue(Payload payload, Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null
        ? throw new ArgumentException($"The payload is null, which {type.FullName} cannot be.", nameof(type))
        : null;
}
