namespace Temporalio.Converters;

/// <summary>How values and exceptions become what is sent: converted first, then encoded.</summary>
/// <param name="PayloadConverter">Converts values.</param>
/// <param name="FailureConverter">Converts exceptions.</param>
/// <param name="PayloadCodec">Encodes payloads; null leaves them as they are.</param>
public record DataConverter(
    IPayloadConverter PayloadConverter,
    IFailureConverter FailureConverter,
    IPayloadCodec? PayloadCodec = null) : IWithSerializationContext<DataConverter>
{
    /// <summary>The default converters, without a codec.</summary>
    public static DataConverter Default { get; } = new(new DefaultPayloadConverter(), new DefaultFailureConverter());

    /// <inheritdoc/>
    public virtual DataConverter WithSerializationContext(ISerializationContext context)
    {
        IPayloadConverter payloadConverter = InContext(PayloadConverter, context);
        IFailureConverter failureConverter = InContext(FailureConverter, context);
        IPayloadCodec? payloadCodec = PayloadCodec is null ? null : InContext(PayloadCodec, context);
        bool same = ReferenceEquals(payloadConverter, PayloadConverter) &&
            ReferenceEquals(failureConverter, FailureConverter) &&
            ReferenceEquals(payloadCodec, PayloadCodec);
        return same
            ? this
            : this with { PayloadConverter = payloadConverter, FailureConverter = failureConverter, PayloadCodec = payloadCodec };
    }

    private static T InContext<T>(T part, ISerializationContext context) =>
        part is IWithSerializationContext<T> dependent ? dependent.WithSerializationContext(context) : part;
}
