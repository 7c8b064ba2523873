using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>Calls that wait for an update.</summary>
internal static class UpdateWait
{
    /// <summary>Makes the call, and tells the end of the wait from the end of the update.</summary>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException e)
        {
            throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled)
        {
            throw new WorkflowUpdateRpcTimeoutOrCanceledException(e);
        }
    }
}
