using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload that the codec has not decoded yet, with the means to do so.</summary>
/// <param name="DataConverter">Decodes and converts the payload.</param>
/// <param name="Payload">The payload as it was received.</param>
public record EncodedRawValue(DataConverter DataConverter, Payload Payload) : IEncodedRawValue
{
    /// <inheritdoc/>
    public virtual Task<T> ToValueAsync<T>() => DataConverter.ToValueAsync<T>(Payload);

    /// <inheritdoc/>
    public virtual Task<object?> ToValueAsync(Type type) => DataConverter.ToValueAsync(Payload, type);
}
