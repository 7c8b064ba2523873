using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Temporalio.Api.History.V1;
using Temporalio.Client.Interceptors;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Client;

/// <summary>A workflow, and what can be done with it.</summary>
/// <param name="Client">The client that calls are made with.</param>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run that signals, queries and updates go to; null for the current one. Not set by starting a workflow.</param>
/// <param name="ResultRunId">The run whose result is waited for, with the runs that continue it; null for the current one.</param>
/// <param name="FirstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
public record WorkflowHandle(
    ITemporalClient Client,
    string Id,
    string? RunId = null,
    string? ResultRunId = null,
    string? FirstExecutionRunId = null)
{
    /// <summary>Asks the workflow to cancel.</summary>
    public virtual Task CancelAsync(WorkflowCancelOptions? options = null) =>
        Client.OutboundInterceptor.CancelWorkflowAsync(new(Id, RunId, FirstExecutionRunId, options));

    /// <summary>Describes the workflow.</summary>
    public virtual Task<WorkflowExecutionDescription> DescribeAsync(WorkflowDescribeOptions? options = null) =>
        Client.OutboundInterceptor.DescribeWorkflowAsync(new(Id, RunId, options));

    /// <summary>Runs an update and waits for its end.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task ExecuteUpdateAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateOptions? options = null)
    {
        CallExpression call = CallExpression.Of(updateCall);
        return ExecuteUpdateAsync(WorkflowUpdateDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Runs an update and waits for its result.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<TUpdateResult> ExecuteUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateOptions? options = null)
    {
        CallExpression call = CallExpression.Of(updateCall);
        return ExecuteUpdateAsync<TUpdateResult>(WorkflowUpdateDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Runs an update by name and waits for its end.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task ExecuteUpdateAsync(string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null) =>
        ExecuteUpdateAsync<ValueTuple>(update, args, options);

    /// <summary>Runs an update by name and waits for its result.</summary>
    /// <exception cref="WorkflowUpdateFailedException">The update was rejected or failed.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public async Task<TUpdateResult> ExecuteUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateOptions? options = null)
    {
        WorkflowUpdateStartOptions start = new(WorkflowUpdateStage.Completed) { Id = options?.Id, Rpc = options?.Rpc };
        WorkflowUpdateHandle<TUpdateResult> handle = await StartUpdateAsync<TUpdateResult>(update, args, start);
        return await handle.GetResultAsync(options?.Rpc);
    }

    /// <summary>Fetches the whole history.</summary>
    public virtual async Task<WorkflowHistory> FetchHistoryAsync(WorkflowHistoryEventFetchOptions? options = null)
    {
        List<HistoryEvent> events = [];
        await foreach (HistoryEvent @event in FetchHistoryEventsAsync(options))
        {
            events.Add(@event);
        }

        return new(Id, events);
    }

    /// <summary>Fetches the events of the history; pages are fetched as needed.</summary>
    public virtual IAsyncEnumerable<HistoryEvent> FetchHistoryEventsAsync(WorkflowHistoryEventFetchOptions? options = null) =>
        FetchEventsAsync(options ?? new());

    /// <summary>Waits for the workflow's end.</summary>
    /// <param name="followRuns">Whether runs that continue this one are waited for too.</param>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <exception cref="WorkflowFailedException">The workflow failed, timed out, or was cancelled or terminated.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">The run continued as new, and runs are not followed.</exception>
    public Task GetResultAsync(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        GetResultAsync<ValueTuple>(followRuns, rpcOptions);

    /// <summary>Waits for the workflow's result.</summary>
    /// <param name="followRuns">Whether runs that continue this one are waited for too.</param>
    /// <param name="rpcOptions">Options of the calls.</param>
    /// <exception cref="WorkflowFailedException">The workflow failed, timed out, or was cancelled or terminated.</exception>
    /// <exception cref="WorkflowContinuedAsNewException">The run continued as new, and runs are not followed.</exception>
    public virtual Task<TResult> GetResultAsync<TResult>(bool followRuns = true, RpcOptions? rpcOptions = null) =>
        new WorkflowResult(this).GetAsync<TResult>(followRuns, rpcOptions);

    /// <summary>A handle to an update of the workflow. Nothing is checked.</summary>
    public WorkflowUpdateHandle GetUpdateHandle(string id) => new(Client, id, Id, RunId);

    /// <summary>A handle to an update of the workflow. Nothing is checked.</summary>
    public WorkflowUpdateHandle<TUpdateResult> GetUpdateHandle<TUpdateResult>(string id) => new(Client, id, Id, RunId);

    /// <summary>Queries the workflow.</summary>
    /// <exception cref="WorkflowQueryFailedException">The handler threw.</exception>
    /// <exception cref="WorkflowQueryRejectedException">The workflow is in a state in which queries are rejected.</exception>
    public Task<TQueryResult> QueryAsync<TWorkflow, TQueryResult>(
        Expression<Func<TWorkflow, TQueryResult>> queryCall, WorkflowQueryOptions? options = null)
    {
        (MemberInfo member, IReadOnlyCollection<object?> args) = CallExpression.OfQuery(queryCall);
        return QueryAsync<TQueryResult>(WorkflowQueryDefinition.NameOfCall(member), args, options);
    }

    /// <summary>Queries the workflow by name.</summary>
    /// <exception cref="WorkflowQueryFailedException">The handler threw, or there is none of this name.</exception>
    /// <exception cref="WorkflowQueryRejectedException">The workflow is in a state in which queries are rejected.</exception>
    public virtual Task<TQueryResult> QueryAsync<TQueryResult>(
        string query, IReadOnlyCollection<object?> args, WorkflowQueryOptions? options = null) =>
        Client.OutboundInterceptor.QueryWorkflowAsync<TQueryResult>(new(Id, RunId, query, args, options, Headers: null));

    /// <summary>Sends a signal; when this returns the server has it, and the workflow will get it.</summary>
    public Task SignalAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall, WorkflowSignalOptions? options = null)
    {
        CallExpression call = CallExpression.Of(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Sends a signal by name; when this returns the server has it, and the workflow will get it.</summary>
    public virtual Task SignalAsync(string signal, IReadOnlyCollection<object?> args, WorkflowSignalOptions? options = null) =>
        Client.OutboundInterceptor.SignalWorkflowAsync(new(Id, RunId, signal, args, options, Headers: null));

    /// <summary>Starts an update and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<WorkflowUpdateHandle> StartUpdateAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowUpdateStartOptions options)
    {
        CallExpression call = CallExpression.Of(updateCall);
        return StartUpdateAsync(WorkflowUpdateDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Starts an update and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowUpdateStartOptions options)
    {
        CallExpression call = CallExpression.Of(updateCall);
        return StartUpdateAsync<TUpdateResult>(WorkflowUpdateDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Starts an update by name and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public async Task<WorkflowUpdateHandle> StartUpdateAsync(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        await StartUpdateAsync<ValueTuple>(update, args, options);

    /// <summary>Starts an update by name and waits until it has come as far as the options say.</summary>
    /// <exception cref="ArgumentException">The options name no stage that can be waited for.</exception>
    /// <exception cref="WorkflowUpdateRpcTimeoutOrCanceledException">The wait ran out of time or was cancelled.</exception>
    public virtual Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowUpdateStartOptions options) =>
        Client.OutboundInterceptor.StartWorkflowUpdateAsync<TUpdateResult>(
            new(Id, RunId, FirstExecutionRunId, update, args, options, Headers: null));

    /// <summary>Ends the workflow at once, without its code noticing.</summary>
    public virtual Task TerminateAsync(string? reason = null, WorkflowTerminateOptions? options = null) =>
        Client.OutboundInterceptor.TerminateWorkflowAsync(new(Id, RunId, FirstExecutionRunId, reason, options));

    private async IAsyncEnumerable<HistoryEvent> FetchEventsAsync(
        WorkflowHistoryEventFetchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (RpcOptions rpc, CancellationTokenSource? linked) = (options.Rpc ?? new()).WithAdditionalCancellationToken(cancellationToken);
        using (linked)
        {
            byte[]? nextPageToken = null;
            do
            {
                WorkflowHistoryEventPage page = await Client.OutboundInterceptor.FetchWorkflowHistoryEventPageAsync(new(
                    Id, RunId, PageSize: null, nextPageToken, options.WaitNewEvent, options.EventFilterType, options.SkipArchival, rpc));
                foreach (HistoryEvent @event in page.Events)
                {
                    yield return @event;
                }

                nextPageToken = page.NextPageToken;
            }
            while (nextPageToken is not null);
        }
    }
}
