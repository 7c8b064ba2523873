using System.Linq.Expressions;

namespace Temporalio.Workflows;

/// <summary>A child of a known workflow type.</summary>
/// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow> : ChildWorkflowHandle
{
    /// <summary>Signals the child.</summary>
    /// <param name="signalCall">A lambda that calls the signal's method.</param>
    /// <param name="options">How to signal.</param>
    /// <returns>Done when the server has delivered the signal.</returns>
    public Task SignalAsync(Expression<Func<TWorkflow, Task>> signalCall, ChildWorkflowSignalOptions? options = null) =>
        SignalAsync<TWorkflow>(signalCall, options);
}
