using System.Linq.Expressions;

namespace Temporalio.Workflows;

public static partial class Workflow
{
    /// <summary>Starts a child and waits for its result.</summary>
    /// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>The result.</returns>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        ChildWorkflowHandle<TWorkflow, TResult> handle = await StartChildWorkflowAsync(workflowRunCall, options);
        return await handle.GetResultAsync();
    }

    /// <summary>Starts a child and waits for its end.</summary>
    /// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>Done when the child is.</returns>
    public static async Task ExecuteChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        ChildWorkflowHandle<TWorkflow> handle = await StartChildWorkflowAsync(workflowRunCall, options);
        await handle.GetResultAsync();
    }

    /// <summary>Starts a child by name and waits for its end.</summary>
    /// <param name="workflow">The workflow type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>Done when the child is.</returns>
    public static Task ExecuteChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        ExecuteChildWorkflowAsync<ValueTuple>(workflow, args, options);

    /// <summary>Starts a child by name and waits for its result.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="workflow">The workflow type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>The result.</returns>
    public static async Task<TResult> ExecuteChildWorkflowAsync<TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null)
    {
        ChildWorkflowHandle handle = await StartChildWorkflowAsync(workflow, args, options);
        return await handle.GetResultAsync<TResult>();
    }

    /// <summary>Starts a child.</summary>
    /// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <returns>The child, when the server has started it.</returns>
    public static Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        CallExpression call = CallExpression.Of(workflowRunCall);
        return WorkflowContext.Current.StartChildWorkflowAsync<TWorkflow, TResult>(
            WorkflowDefinition.NameOfCall(call.Method), call.Arguments, options ?? new());
    }

    /// <summary>Starts a child.</summary>
    /// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <returns>The child, when the server has started it.</returns>
    public static async Task<ChildWorkflowHandle<TWorkflow>> StartChildWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ChildWorkflowOptions? options = null)
    {
        CallExpression call = CallExpression.Of(workflowRunCall);
        return await WorkflowContext.Current.StartChildWorkflowAsync<TWorkflow, ValueTuple>(
            WorkflowDefinition.NameOfCall(call.Method), call.Arguments, options ?? new());
    }

    /// <summary>Starts a child by name.</summary>
    /// <param name="workflow">The workflow type.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How to start it. Default: a random id, the parent's task queue.</param>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">There is a workflow with the child's id.</exception>
    /// <returns>The child, when the server has started it.</returns>
    public static async Task<ChildWorkflowHandle> StartChildWorkflowAsync(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions? options = null) =>
        await WorkflowContext.Current.StartChildWorkflowAsync<object, ValueTuple>(workflow, args, options ?? new());

    /// <summary>Gives a handle to any workflow of the namespace. Nothing is checked.</summary>
    /// <param name="id">The workflow's id.</param>
    /// <param name="runId">The run; null for the current one.</param>
    /// <returns>The handle.</returns>
    public static ExternalWorkflowHandle GetExternalWorkflowHandle(string id, string? runId = null) =>
        GetExternalWorkflowHandle<object>(id, runId);

    /// <summary>Gives a handle to any workflow of the namespace. Nothing is checked.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="id">The workflow's id.</param>
    /// <param name="runId">The run; null for the current one.</param>
    /// <returns>The handle.</returns>
    public static ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId = null) =>
        WorkflowContext.Current.GetExternalWorkflowHandle<TWorkflow>(id, runId);

    /// <summary>Makes the exception that closes this run and starts the next one, when thrown out of the run method.</summary>
    /// <typeparam name="TWorkflow">The type of the next run.</typeparam>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How the next run differs from this one.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, ContinueAsNewOptions? options = null) =>
        CreateContinueAsNewException((LambdaExpression)workflowRunCall, options);

    /// <summary>Makes the exception that closes this run and starts the next one, when thrown out of the run method.</summary>
    /// <typeparam name="TWorkflow">The type of the next run.</typeparam>
    /// <param name="workflowRunCall">A lambda that calls the run method.</param>
    /// <param name="options">How the next run differs from this one.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, ContinueAsNewOptions? options = null) =>
        CreateContinueAsNewException((LambdaExpression)workflowRunCall, options);

    /// <summary>Makes the exception that closes this run and starts the next one, when thrown out of the run method.</summary>
    /// <param name="workflow">The type of the next run.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="options">How the next run differs from this one.</param>
    /// <returns>The exception, to be thrown.</returns>
    public static ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options = null) =>
        WorkflowContext.Current.CreateContinueAsNewException(workflow, args, options);

    private static ContinueAsNewException CreateContinueAsNewException(LambdaExpression workflowRunCall, ContinueAsNewOptions? options)
    {
        CallExpression call = CallExpression.Of(workflowRunCall);
        return CreateContinueAsNewException(WorkflowDefinition.NameOfCall(call.Method), call.Arguments, options);
    }
}
