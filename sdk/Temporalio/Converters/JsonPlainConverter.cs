using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The encoding of everything else: JSON.</summary>
public class JsonPlainConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/plain");

    /// <summary>Initializes an instance.</summary>
    public JsonPlainConverter(JsonSerializerOptions serializerOptions) => SerializerOptions = serializerOptions;

    /// <inheritdoc/>
    public virtual string Encoding => "json/plain";

    /// <summary>The options of the JSON serializer.</summary>
    protected JsonSerializerOptions SerializerOptions { get; }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The JSON serializer cannot write the value.</exception>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        payload = PayloadMetadata.ToPayload(EncodingBytes, JsonSerializer.SerializeToUtf8Bytes(value, SerializerOptions));
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The JSON does not fit the type.</exception>
    public virtual object? ToValue(Payload payload, Type type) =>
        JsonSerializer.Deserialize(payload.Data.Span, type, SerializerOptions);
}
