using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>Calls of a client that are made of several.</summary>
public static class ITemporalClientExtensions
{
    /// <summary>Runs an update, and its workflow where that is needed, and waits for its end.</summary>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    public static async Task ExecuteUpdateWithStartWorkflowAsync<TWorkflow>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateWithStartOptions options)
    {
        WorkflowUpdateHandle handle = await client.StartUpdateWithStartWorkflowAsync(
            updateCall, WorkflowStartUpdateWithStartOptions.Completed(options));
        await handle.GetResultAsync(options.Rpc);
    }

    /// <summary>Runs an update, and its workflow where that is needed, and waits for its result.</summary>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    public static async Task<TUpdateResult> ExecuteUpdateWithStartWorkflowAsync<TWorkflow, TUpdateResult>(
        this ITemporalClient client,
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall,
        WorkflowUpdateWithStartOptions options)
    {
        WorkflowUpdateHandle<TUpdateResult> handle = await client.StartUpdateWithStartWorkflowAsync(
            updateCall, WorkflowStartUpdateWithStartOptions.Completed(options));
        return await handle.GetResultAsync(options.Rpc);
    }

    /// <summary>Runs an update by name, and its workflow where that is needed, and waits for its end.</summary>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    public static async Task ExecuteUpdateWithStartWorkflowAsync(
        this ITemporalClient client, string update, IReadOnlyCollection<object?> args, WorkflowUpdateWithStartOptions options)
    {
        WorkflowUpdateHandle handle = await client.StartUpdateWithStartWorkflowAsync(
            update, args, WorkflowStartUpdateWithStartOptions.Completed(options));
        await handle.GetResultAsync(options.Rpc);
    }

    /// <summary>Runs an update by name, and its workflow where that is needed, and waits for its result.</summary>
    /// <exception cref="Exceptions.WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    public static async Task<TUpdateResult> ExecuteUpdateWithStartWorkflowAsync<TUpdateResult>(
        this ITemporalClient client, string update, IReadOnlyCollection<object?> args, WorkflowUpdateWithStartOptions options)
    {
        WorkflowUpdateHandle<TUpdateResult> handle = await client.StartUpdateWithStartWorkflowAsync<TUpdateResult>(
            update, args, WorkflowStartUpdateWithStartOptions.Completed(options));
        return await handle.GetResultAsync(options.Rpc);
    }

    /// <summary>Starts a workflow and waits for its result.</summary>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">The workflow ended without a result.</exception>
    public static async Task<TResult> ExecuteWorkflowAsync<TWorkflow, TResult>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options)
    {
        WorkflowHandle<TWorkflow, TResult> handle = await client.StartWorkflowAsync(workflowRunCall, options);
        return await handle.GetResultAsync(rpcOptions: options.Rpc);
    }

    /// <summary>Starts a workflow and waits for its end.</summary>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">The workflow failed, timed out, or was cancelled or terminated.</exception>
    public static async Task ExecuteWorkflowAsync<TWorkflow>(
        this ITemporalClient client, Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options)
    {
        WorkflowHandle<TWorkflow> handle = await client.StartWorkflowAsync(workflowRunCall, options);
        await handle.GetResultAsync(rpcOptions: options.Rpc);
    }

    /// <summary>Starts a workflow by name and waits for its end.</summary>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">The workflow failed, timed out, or was cancelled or terminated.</exception>
    public static async Task ExecuteWorkflowAsync(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        WorkflowHandle handle = await client.StartWorkflowAsync(workflow, args, options);
        await handle.GetResultAsync(rpcOptions: options.Rpc);
    }

    /// <summary>Starts a workflow by name and waits for its result.</summary>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    /// <exception cref="Exceptions.WorkflowFailedException">The workflow ended without a result.</exception>
    public static async Task<TResult> ExecuteWorkflowAsync<TResult>(
        this ITemporalClient client, string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options)
    {
        WorkflowHandle handle = await client.StartWorkflowAsync(workflow, args, options);
        return await handle.GetResultAsync<TResult>(rpcOptions: options.Rpc);
    }

    /// <summary>Fetches the histories of the workflows that match a query, one after the other.</summary>
    public static IAsyncEnumerable<WorkflowHistory> ListWorkflowHistoriesAsync(
        this ITemporalClient client,
        string query,
        WorkflowListOptions? listOptions = null,
        WorkflowHistoryEventFetchOptions? historyFetchOptions = null) =>
        ListHistoriesAsync(client, query, listOptions, historyFetchOptions);

    private static async IAsyncEnumerable<WorkflowHistory> ListHistoriesAsync(
        ITemporalClient client,
        string query,
        WorkflowListOptions? listOptions,
        WorkflowHistoryEventFetchOptions? historyFetchOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (WorkflowExecution workflow in client.ListWorkflowsAsync(query, listOptions).WithCancellation(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await client.GetWorkflowHandle(workflow.Id, workflow.RunId).FetchHistoryAsync(historyFetchOptions);
        }
    }
}
