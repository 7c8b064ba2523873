using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>Any workflow of the same namespace, seen from a workflow.</summary>
public abstract class ExternalWorkflowHandle
{
    /// <summary>The workflow's id.</summary>
    public abstract string Id { get; }

    /// <summary>The run; null for the current one.</summary>
    public abstract string? RunId { get; }

    /// <summary>Asks the workflow to cancel.</summary>
    /// <exception cref="Exceptions.ApplicationFailureException">There is no such workflow.</exception>
    /// <returns>Done when the server has delivered the request.</returns>
    public abstract Task CancelAsync();

    /// <summary>Signals the workflow.</summary>
    /// <typeparam name="TWorkflow">The workflow's type.</typeparam>
    /// <param name="signalCall">A lambda that calls the signal's method.</param>
    /// <param name="options">How to signal.</param>
    /// <returns>Done when the server has delivered the signal.</returns>
    public Task SignalAsync<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null)
    {
        CallExpression call = CallExpression.Of(signalCall);
        return SignalAsync(WorkflowSignalDefinition.NameOfCall(call.Method), call.Arguments, options);
    }

    /// <summary>Signals the workflow.</summary>
    /// <param name="signal">The signal's name.</param>
    /// <param name="args">The signal's arguments.</param>
    /// <param name="options">How to signal.</param>
    /// <exception cref="Exceptions.ApplicationFailureException">There is no such workflow, or it takes no more signals.</exception>
    /// <returns>Done when the server has delivered the signal.</returns>
    public abstract Task SignalAsync(string signal, IReadOnlyCollection<object?> args, ExternalWorkflowSignalOptions? options = null);
}
