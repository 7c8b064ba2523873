using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>The encoding of protobuf messages as bytes. By default it only reads: the JSON form comes first.</summary>
public class BinaryProtoConverter : IEncodingConverter
{
    private static readonly ByteString EncodingBytes = ByteString.CopyFromUtf8("binary/protobuf");

    /// <inheritdoc/>
    public string Encoding => "binary/protobuf";

    /// <inheritdoc/>
    public virtual bool TryToPayload(object? value, out Payload? payload)
    {
        if (value is not IMessage message)
        {
            payload = null;
            return false;
        }

        payload = PayloadMetadata.ToPayload(EncodingBytes, message.ToByteArray());
        payload.Metadata[PayloadMetadata.MessageTypeKey] = ByteString.CopyFromUtf8(message.Descriptor.FullName);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The type is no protobuf message.</exception>
    public virtual object? ToValue(Payload payload, Type type)
    {
        IMessage message = NewMessage(type);
        message.MergeFrom(payload.Data);
        return message;
    }

    /// <summary>An empty message of the type.</summary>
    /// <exception cref="ArgumentException">The type is no protobuf message.</exception>
    internal static IMessage NewMessage(Type type) =>
        typeof(IMessage).IsAssignableFrom(type) && Activator.CreateInstance(type) is IMessage message
            ? message
            : throw new ArgumentException($"The payload holds a protobuf message, and {type.FullName} is none.", nameof(type));
}
