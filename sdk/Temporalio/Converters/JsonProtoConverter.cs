using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The encoding of protobuf messages: their JSON form.</summary>
public class JsonProtoConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("json/protobuf");

    /// <summary>Initializes an instance with protobuf's defaults.</summary>
    public JsonProtoConverter()
        : this(JsonFormatter.Default, JsonParser.Default)
    {
    }

    /// <summary>Initializes an instance.</summary>
    public JsonProtoConverter(JsonFormatter formatter, JsonParser parser)
    {
        Formatter = formatter;
        Parser = parser;
    }

    /// <inheritdoc/>
    public string Encoding => "json/protobuf";

    /// <summary>Writes messages.</summary>
    protected JsonFormatter Formatter { get; }

    /// <summary>Reads messages.</summary>
    protected JsonParser Parser { get; }

    /// <inheritdoc/>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        if (value is not IMessage message)
        {
            payload = null;
            return false;
        }

        payload = PayloadMetadata.ToPayload(EncodingBytes, System.Text.Encoding.UTF8.GetBytes(Formatter.Format(message)));
        payload.Metadata[PayloadMetadata.MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The type is no protobuf message.</exception>
    public virtual object? ToValue(Payload payload, Type type) =>
        Parser.Parse(payload.Data.ToStringUtf8(), BinaryProtoConverter.NewMessage(type).Descriptor);
}
