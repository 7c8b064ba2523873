using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload that the codec has not decoded yet, with the means to do so.</summary>
public interface IEncodedRawValue
{
    /// <summary>The payload as it was received.</summary>
    Payload Payload { get; }

    /// <summary>Decodes and converts the payload.</summary>
    Task<T> ToValueAsync<T>();

    /// <summary>Decodes and converts the payload.</summary>
    Task<object?> ToValueAsync(Type type);
}
