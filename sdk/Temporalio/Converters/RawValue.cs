using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload that is not converted.</summary>
/// <param name="Payload">The payload, after the codec decoded it.</param>
public record RawValue(Payload Payload) : IRawValue;
