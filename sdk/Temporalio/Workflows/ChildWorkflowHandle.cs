using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>A child that was started; to be used in the workflow that started it alone.</summary>
public abstract class ChildWorkflowHandle
{
    /// <summary>The child's workflow id.</summary>
    public abstract string Id { get; }

    /// <summary>The id of the child's first run.</summary>
    public abstract string FirstExecutionRunId { get; }

    /// <summary>Waits for the child's end and drops its result.</summary>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>The wait.</returns>
    public Task GetResultAsync() => GetResultAsync<ValueTuple>();

    /// <summary>Waits for the child's result.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>The result.</returns>
    public abstract Task<TResult> GetResultAsync<TResult>();

    /// <summary>Signals the child.</summary>
    /// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
    /// <param name="signalCall">A lambda that calls the signal's method.</param>
    /// <param name="options">How to signal.</param>
    /// <returns>Done when the server has delivered the signal.</returns>
    public Task SignalAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null)
    {
        CallExpression call = CallExpression.Of(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Signals the child.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <param name="args">The signal's arguments.</param>
    /// <param name="options">How to signal.</param>
    /// <returns>Done when the server has delivered the signal.</returns>
    public abstract Task SignalAsync(string signal, IReadOnlyCollection<object?> args, ChildWorkflowSignalOptions? options = null);
}
