using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A workflow was terminated.</summary>
public class TerminatedFailureException : FailureException
{
    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal TerminatedFailureException(Failure failure, Exception? inner, InboundFailureDetails? details)
        : base(failure, inner)
    {
        if (failure.TerminatedFailureInfo is null)
        {
            throw new ArgumentException("The failure is no termination.", nameof(failure));
        }

        Details = details;
    }

    /// <summary>The values that were given at termination; null when there are none.</summary>
    public IFailureDetails? Details { get; protected init; }

    /// <summary>The failure as received.</summary>
    public new Failure Failure => ReceivedFailure;
}
