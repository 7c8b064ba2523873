using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>A workflow of a known type, seen from a workflow.</summary>
/// <typeparam name="TWorkflow">The workflow's type.</typeparam>
public abstract class ExternalWorkflowHandle<TWorkflow> : ExternalWorkflowHandle
{
    /// <summary>Signals the workflow.</summary>
    /// <param name="signalCall">A lambda that calls the signal's method.</param>
    /// <param name="options">How to signal.</param>
    /// <returns>Done when the server has delivered the signal.</returns>
    public Task SignalAsync(Expression<Func<TWorkflow, Task>> signalCall, ExternalWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
