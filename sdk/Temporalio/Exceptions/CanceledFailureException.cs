using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Exceptions;

/// <summary>Something was cancelled.</summary>
public class CanceledFailureException : FailureException
{
    /// <summary>Initializes an instance.</summary>
    public CanceledFailureException(string message, Exception? inner = null, IReadOnlyCollection<object?>? details = null)
        : base(message, inner) => Details = new OutboundFailureDetails(details ?? []);

    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal CanceledFailureException(Failure failure, Exception? inner, IPayloadConverter converter)
        : base(failure, inner)
    {
        CanceledFailureInfo info = failure.CanceledFailureInfo ??
            throw new ArgumentException("The failure is no cancellation.", nameof(failure));
        Details = new InboundFailureDetails(converter, info.Details?.Payloads_ ?? []);
    }

    /// <summary>The values that travel with the cancellation; empty when there are none.</summary>
    public IFailureDetails Details { get; protected init; }
}
