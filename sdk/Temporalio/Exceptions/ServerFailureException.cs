using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A failure that the Temporal server itself made.</summary>
public class ServerFailureException : FailureException
{
    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal ServerFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.ServerFailureInfo is null)
        {
            throw new ArgumentException("The failure is no server failure.", nameof(failure));
        }
    }

    /// <summary>The failure as received.</summary>
    public new Failure Failure => ReceivedFailure;

    /// <summary>Whether the failure ends the retries.</summary>
    public bool NonRetryable => Failure.ServerFailureInfo.NonRetryable;
}
