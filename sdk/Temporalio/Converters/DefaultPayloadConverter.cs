using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>
/// Tries encodings in order: null, byte arrays, protobuf as JSON, protobuf as bytes, everything else as JSON. Derive from it and
/// pass other options or encodings to change that.
/// </summary>
public class DefaultPayloadConverter : IPayloadConverter, IWithSerializationContext<IPayloadConverter>
{
    private readonly IEncodingConverter[] _converters;

    /// <summary>Initializes an instance with the default encodings.</summary>
    public DefaultPayloadConverter()
        : this(new JsonSerializerOptions())
    {
    }

    /// <summary>Initializes an instance with the default encodings and these JSON options.</summary>
    protected DefaultPayloadConverter(JsonSerializerOptions jsonSerializerOptions)
        : this(
            new BinaryNullConverter(),
            new BinaryPlainConverter(),
            new JsonProtoConverter(),
            new BinaryProtoConverter(),
            new JsonPlainConverter(jsonSerializerOptions))
    {
    }

    /// <summary>Initializes an instance with these encodings, tried in order.</summary>
    protected DefaultPayloadConverter(params IEncodingConverter[] encodingConverters)
    {
        _converters = [.. encodingConverters];
        IndexedEncodingConverters = _converters.ToDictionary(converter => ByteString.CopyFromUtf8(converter.Encoding));
    }

    /// <summary>The encodings, in the order in which they are tried.</summary>
    public IReadOnlyCollection<IEncodingConverter> EncodingConverters => _converters;

    /// <summary>The encodings by the name in the payload's metadata.</summary>
    protected IReadOnlyDictionary<ByteString, IEncodingConverter> IndexedEncodingConverters { get; }

    /// <inheritdoc/>
    public virtual Payload ToPayload(object? value)
    {
        if (value is IRawValue raw)
        {
            return raw.Payload;
        }

        foreach (IEncodingConverter converter in _converters)
        {
            if (converter.TryToPayload(value, out Payload? payload))
            {
                return payload!;
            }
        }

        throw new ArgumentException($"No encoding takes a value of type {value?.GetType().FullName ?? "null"}.", nameof(value));
    }

    /// <inheritdoc/>
    public virtual object? ToValue(Payload payload, Type type)
    {
        if (type == typeof(RawValue) || type == typeof(IRawValue))
        {
            return new RawValue(payload);
        }

        if (!payload.Metadata.TryGetValue(PayloadMetadata.EncodingKey, out ByteString? encoding))
        {
            throw new ArgumentException("The payload does not say its encoding.", nameof(payload));
        }

        return IndexedEncodingConverters.TryGetValue(encoding, out IEncodingConverter? converter)
            ? converter.ToValue(payload, type)
            : throw new ArgumentException($"The payload's encoding {encoding.ToStringUtf8()} is not known.", nameof(payload));
    }

    /// <inheritdoc/>
    public virtual IPayloadConverter WithSerializationContext(ISerializationContext context)
    {
        IEncodingConverter[] inContext = Array.ConvertAll(
            _converters,
            converter => converter is IWithSerializationContext<IEncodingConverter> dependent
                ? dependent.WithSerializationContext(context)
                : converter);
        return inContext.SequenceEqual(_converters) ? this : new DefaultPayloadConverter(inContext);
    }
}
