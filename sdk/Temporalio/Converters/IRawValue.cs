using Temporalio.Api.Common.V1;

namespace Temporalio.Converters;

/// <summary>A payload that is not converted: as an argument it is sent as it is, as a parameter it is handed over as it came.</summary>
public interface IRawValue
{
    /// <summary>The payload, after the codec decoded it.</summary>
    Payload Payload { get; }
}
