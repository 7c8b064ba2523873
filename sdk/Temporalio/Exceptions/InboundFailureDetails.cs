using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>Details that were received with a failure; each is decoded when asked for.</summary>
/// <param name="Converter">Decodes the payloads.</param>
/// <param name="Payloads">The payloads, one a detail.</param>
public record InboundFailureDetails(IPayloadConverter Converter, IReadOnlyCollection<Payload> Payloads) : IFailureDetails
{
    /// <inheritdoc/>
    public int Count => Payloads.Count;

    /// <inheritdoc/>
    public T ElementAt<T>(int index) => Converter.ToValue<T>(Payloads.ElementAt(index));
}
