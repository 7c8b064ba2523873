using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>A workflow, and what can be done with it.</summary>
/// <typeparam name="TWorkflow">The workflow's type.</typeparam>
/// <typeparam name="TResult">The type of its result.</typeparam>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run that signals, queries and updates go to; null for the current one.</param>
/// <param name="ResultRunId">The run whose result is waited for, with the runs that continue it; null for the current one.</param>
/// <param name="FirstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
public record WorkflowHandle<TWorkflow, TResult>(
    ITemporalClient Client,
    string Id,
    string? RunId = null,
    string? ResultRunId = null,
    string? FirstExecutionRunId = null) : WorkflowHandle<TWorkflow>(Client, Id, RunId, ResultRunId, FirstExecutionRunId)
{
    /// <summary>Waits for the workflow's result.</summary>
    /// <param name="followRuns">Whether runs that continue this one are waited for too.</param>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <exception cref="WorkflowFailedException">The workflow failed, timed out, or was cancelled or terminated.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">The run continued as new, and runs are not followed.</exception>
    public new Task<TResult> GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        GetResultAsync<TResult>(followRuns, rpcOptions);
}
