using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>Converts values to payloads and back. Used inside workflows, so it must be deterministic.</summary>
public interface IPayloadConverter
{
    /// <summary>The payload of a value.</summary>
    /// <exception cref="ArgumentException">No converter takes the value.</exception>
    Payload ToPayload(object? value);

    /// <summary>The value of a payload.</summary>
    /// <exception cref="ArgumentException">No converter knows the encoding, or it cannot make that type.</exception>
    object? ToValue(Payload payload, Type type);
}
