using System.Linq.Expressions;
using Temporalio.Client.Interceptors;
using Temporalio.Worker;

namespace Temporalio.Client;

/// <summary>A client of one namespace, for any number of threads. Calls throw <see cref="Exceptions.RpcException"/> when they fail.</summary>
public interface ITemporalClient : IWorkerClient
{
    /// <summary>Raw calls of the operator service.</summary>
    OperatorService OperatorService { get; }

    /// <summary>The outermost interceptor; what handles call.</summary>
    ClientOutboundInterceptor OutboundInterceptor { get; }

    /// <summary>Raw calls of the workflow service.</summary>
    WorkflowService WorkflowService { get; }

    /// <summary>Counts the workflows that match a query.</summary>
    Task<WorkflowExecutionCount> CountWorkflowsAsync(string query, WorkflowCountOptions? options = null);

    /// <summary>A handle to an activity that is completed from outside, by its task token. Nothing is checked.</summary>
    AsyncActivityHandle GetAsyncActivityHandle(byte[] taskToken);

    /// <summary>A handle to an activity that is completed from outside, by its ids. Nothing is checked.</summary>
    AsyncActivityHandle GetAsyncActivityHandle(string workflowId, string runId, string activityId);

    /// <summary>A handle to a workflow. Nothing is checked.</summary>
    /// <param name="id">The workflow id.</param>
    /// <param name="runId">The run that is meant; null for the current one.</param>
    /// <param name="firstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
    WorkflowHandle GetWorkflowHandle(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>A handle to a workflow. Nothing is checked.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="id">The workflow id.</param>
    /// <param name="runId">The run that is meant; null for the current one.</param>
    /// <param name="firstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
    WorkflowHandle<TWorkflow> GetWorkflowHandle<TWorkflow>(string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>A handle to a workflow. Nothing is checked.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="id">The workflow id.</param>
    /// <param name="runId">The run that is meant; null for the current one.</param>
    /// <param name="firstExecutionRunId">The first run of the chain that cancellation and termination are restricted to; null for any.</param>
    WorkflowHandle<TWorkflow, TResult> GetWorkflowHandle<TWorkflow, TResult>(
        string id, string? runId = null, string? firstExecutionRunId = null);

    /// <summary>Lists the workflows that match a query, newest start first; pages are fetched as needed.</summary>
    IAsyncEnumerable<WorkflowExecution> ListWorkflowsAsync(string query, WorkflowListOptions? options = null);

    /// <summary>Lists one page of the workflows that match a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="nextPageToken">The token of the page before; null for the first page.</param>
    /// <param name="options">Options.</param>
    Task<WorkflowListPage> ListWorkflowsPaginatedAsync(
        string query, byte[]? nextPageToken, WorkflowListPaginatedOptions? options = null);

    /// <summary>Starts an update, and its workflow where that is needed.</summary>
    /// <exception cref="ArgumentException">The options are incomplete, or the start operation was used before.</exception>
    Task<WorkflowUpdateHandle> StartUpdateWithStartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> updateCall, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update, and its workflow where that is needed.</summary>
    /// <exception cref="ArgumentException">The options are incomplete, or the start operation was used before.</exception>
    Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TWorkflow, TUpdateResult>(
        Expression<Func<TWorkflow, Task<TUpdateResult>>> updateCall, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update by name, and its workflow where that is needed.</summary>
    /// <exception cref="ArgumentException">The options are incomplete, or the start operation was used before.</exception>
    Task<WorkflowUpdateHandle> StartUpdateWithStartWorkflowAsync(
        string update, IReadOnlyCollection<object?> args, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts an update by name, and its workflow where that is needed.</summary>
    /// <exception cref="ArgumentException">The options are incomplete, or the start operation was used before.</exception>
    Task<WorkflowUpdateHandle<TUpdateResult>> StartUpdateWithStartWorkflowAsync<TUpdateResult>(
        string update, IReadOnlyCollection<object?> args, WorkflowStartUpdateWithStartOptions options);

    /// <summary>Starts a workflow.</summary>
    /// <exception cref="ArgumentException">The options are incomplete.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow.</summary>
    /// <exception cref="ArgumentException">The options are incomplete.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle<TWorkflow>> StartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions options);

    /// <summary>Starts a workflow by name.</summary>
    /// <exception cref="ArgumentException">The options are incomplete.</exception>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    Task<WorkflowHandle> StartWorkflowAsync(string workflow, IReadOnlyCollection<object?> args, WorkflowOptions options);
}
