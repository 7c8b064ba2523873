namespace Temporalio.Exceptions;

/// <summary>A call that waits on the server ran out of time or was cancelled by the caller.</summary>
public class RpcTimeoutOrCanceledException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public RpcTimeoutOrCanceledException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
