namespace Temporalio.Exceptions;

/// <summary>The wait for a workflow update ran out of time or was cancelled by the caller; the update itself goes on.</summary>
public class WorkflowUpdateRpcTimeoutOrCanceledException : RpcTimeoutOrCanceledException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowUpdateRpcTimeoutOrCanceledException(Exception? inner)
        : base("Timeout or cancellation waiting for update", inner)
    {
    }
}
