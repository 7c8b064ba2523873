using Temporalio.Api.Failure.V1;

namespace Temporalio.Exceptions;

/// <summary>A Nexus operation failed; the inner exception says how.</summary>
public class NexusOperationFailureException : FailureException
{
    /// <summary>Initializes an instance of a received failure.</summary>
    protected internal NexusOperationFailureException(Failure failure, Exception? inner)
        : base(failure, inner)
    {
        if (failure.NexusOperationExecutionFailureInfo is null)
        {
            throw new ArgumentException("The failure is no Nexus operation failure.", nameof(failure));
        }
    }

    /// <summary>The endpoint that was called.</summary>
    public string Endpoint => Failure.NexusOperationExecutionFailureInfo.Endpoint;

    /// <summary>The failure as received.</summary>
    public new Failure Failure => ReceivedFailure;

    /// <summary>The operation that was called.</summary>
    public string Operation => Failure.NexusOperationExecutionFailureInfo.Operation;

    /// <summary>The token of the operation; null when it ended synchronously.</summary>
    public string? OperationToken =>
        Failure.NexusOperationExecutionFailureInfo.OperationToken is { Length: > 0 } token ? token : null;

    /// <summary>The service that was called.</summary>
    public string Service => Failure.NexusOperationExecutionFailureInfo.Service;
}
