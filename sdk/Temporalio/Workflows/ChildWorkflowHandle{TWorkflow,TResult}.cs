namespace Temporalio.Workflows;

/// <summary>A child of a known workflow type with a known result.</summary>
/// <typeparam name="TWorkflow">The child's workflow type.</typeparam>
/// <typeparam name="TResult">The type of the child's result.</typeparam>
public abstract class ChildWorkflowHandle<TWorkflow, TResult> : ChildWorkflowHandle<TWorkflow>
{
    /// <summary>Waits for the child's result.</summary>
    /// <exception cref="Exceptions.ChildWorkflowFailureException">The child failed, timed out, or was cancelled or terminated.</exception>
    /// <returns>The result.</returns>
    public new Task<TResult> GetResultAsync() => GetResultAsync<TResult>();
}
