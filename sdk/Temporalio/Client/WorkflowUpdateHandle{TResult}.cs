using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>An update of a workflow.</summary>
/// <typeparam name="TResult">The type of its result.</typeparam>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Id">The update id.</param>
/// <param name="WorkflowId">The workflow id.</param>
/// <param name="WorkflowRunId">The run; null for the current one.</param>
public record WorkflowUpdateHandle<TResult>(ITemporalClient Client, string Id, string WorkflowId, string? WorkflowRunId = null)
    : WorkflowUpdateHandle(Client, Id, WorkflowId, WorkflowRunId)
{
    /// <summary>Waits for the update's result.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public new Task<TResult> GetResultAsync(RpcOptions? rpcOptions = null) => GetResultAsync<TResult>(rpcOptions);
}
