using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

/// <summary>Conversions of one value, of several, and of failures, with the codec where there is one.</summary>
public static class ConverterExtensions
{
    /// <summary>Decodes and converts a failure. The failure may be changed in place.</summary>
    public static async Task<Exception> ToExceptionAsync(this DataConverter converter, Failure failure)
    {
        if (converter.PayloadCodec is { } codec)
        {
            await codec.DecodeFailureAsync(failure);
        }

        return converter.FailureConverter.ToException(failure, converter.PayloadConverter);
    }

    /// <summary>Converts and encodes an exception.</summary>
    public static async Task<Failure> ToFailureAsync(this DataConverter converter, Exception exc)
    {
        Failure failure = converter.FailureConverter.ToFailure(exc, converter.PayloadConverter);
        if (converter.PayloadCodec is { } codec)
        {
            await codec.EncodeFailureAsync(failure);
        }

        return failure;
    }

    /// <summary>Converts and encodes a value.</summary>
    public static async Task<Payload> ToPayloadAsync(this DataConverter converter, object? value)
    {
        Payload payload = converter.PayloadConverter.ToPayload(value);
        return converter.PayloadCodec is { } codec ? await codec.EncodeSingleAsync(payload) : payload;
    }

    /// <summary>Converts and encodes values.</summary>
    public static async Task<IReadOnlyCollection<Payload>> ToPayloadsAsync(
        this DataConverter converter, IReadOnlyCollection<object?> values)
    {
        IReadOnlyCollection<Payload> payloads = converter.PayloadConverter.ToPayloads(values);
        return converter.PayloadCodec is { } codec ? [.. await codec.EncodeAsync(payloads)] : payloads;
    }

    /// <summary>Decodes and converts payloads that hold one value.</summary>
    /// <exception cref="ArgumentException">They hold none, or several.</exception>
    public static async Task<T> ToSingleValueAsync<T>(this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        (T)(await converter.ToSingleValueAsync(payloads, typeof(T)))!;

    /// <summary>Decodes and converts payloads that hold one value.</summary>
    /// <exception cref="ArgumentException">They hold none, or several.</exception>
    public static async Task<object?> ToSingleValueAsync(
        this DataConverter converter, IReadOnlyCollection<Payload> payloads, Type type)
    {
        IReadOnlyCollection<Payload> decoded = await converter.DecodePayloadsAsync(payloads);
        return decoded.Count == 1
            ? converter.PayloadConverter.ToValue(decoded.First(), type)
            : throw new ArgumentException($"Expected one payload, found {decoded.Count}.", nameof(payloads));
    }

    /// <summary>Decodes and converts a payload.</summary>
    public static Task<T> ToValueAsync<T>(this DataConverter converter, Payload payload) =>
        converter.ToSingleValueAsync<T>([payload]);

    /// <summary>Decodes and converts a payload.</summary>
    public static Task<object?> ToValueAsync(this DataConverter converter, Payload payload, Type type) =>
        converter.ToSingleValueAsync([payload], type);

    /// <summary>Converts values without encoding them.</summary>
    public static IReadOnlyCollection<Payload> ToPayloads(this IPayloadConverter converter, IReadOnlyCollection<object?> values)
    {
        List<Payload> payloads = new(values.Count);
        foreach (object? value in values)
        {
            payloads.Add(converter.ToPayload(value));
        }

        return payloads;
    }

    /// <summary>Converts a value into one that is not converted again.</summary>
    public static RawValue ToRawValue(this IPayloadConverter converter, object? value) => new(converter.ToPayload(value));

    /// <summary>Converts a decoded payload.</summary>
    public static T ToValue<T>(this IPayloadConverter converter, Payload payload) => (T)converter.ToValue(payload, typeof(T))!;

    /// <summary>Converts a raw value.</summary>
    public static T ToValue<T>(this IPayloadConverter converter, IRawValue rawValue) => converter.ToValue<T>(rawValue.Payload);

    /// <summary>Decodes payloads without converting them.</summary>
    internal static async Task<IReadOnlyCollection<Payload>> DecodePayloadsAsync(
        this DataConverter converter, IReadOnlyCollection<Payload> payloads) =>
        converter.PayloadCodec is { } codec ? [.. await codec.DecodeAsync(payloads)] : payloads;
}
