using System.Linq.Expressions;
using Temporalio.Exceptions;

namespace Temporalio.Client;

/// <summary>A workflow, and what can be done with it.</summary>
/// <typeparam name="TWorkflow">The workflow's type.</typeparam>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run that signals, queries and updates go to; null for the current one.</param>
/// <param name="ResultRunId">The run whose result is waited for, with the runs that continue it; null for the current one.</param>
/// <param name="FirstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
public record WorkflowHandle<TWorkflow>(
    ITemporalClient Client,
    string Id,
    string? RunId = null,
    string? ResultRunId = null,
    string? FirstExecutionRunId = null) : WorkflowHandle(Client, Id, RunId, ResultRunId, FirstExecutionRunId)
{
    /// <summary>Runs an update and waits for its end.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task ExecuteUpdateAsync(Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<TWorkflow>(updateCall, options);

    /// <summary>Runs an update and waits for its result.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<TUpdateResult> ExecuteUpdateAsync<TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<TWorkflow, TUpdateResult>(updateCall, options);

    /// <summary>Queries the workflow.</summary>
    /// <exception cref="WorkflowQueryFailedException">The handler threw.</exception>
    /// <exception cref="WorkflowQueryRejectedException">The workflow is in a state in which queries are rejected.</exception>
    public Task<TQueryResult> QueryAsync<TQueryResult>(
        Expression<Func<TWorkflow, TQueryResult>> queryCall, WorkflowQueryOptions? options = null) =>
        QueryAsync<TWorkflow, TQueryResult>(queryCall, options);

    /// <summary>Sends a signal; when this returns the server has it, and the workflow will get it.</summary>
    public Task SignalAsync(Expression<Func<TWorkflow, Task>> signalCall, WorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);

    /// <summary>Starts an update and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<WorkflowUpdateHandle> StartUpdateAsync(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateStartOptions options) =>
        StartUpdateAsync<TWorkflow>(updateCall, options);

    /// <summary>Starts an update and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateStartOptions options) =>
        StartUpdateAsync<TWorkflow, TUpdateResult>(updateCall, options);
}
