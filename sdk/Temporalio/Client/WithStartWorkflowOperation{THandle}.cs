namespace Temporalio.Client;

/// <summary>The start of a workflow together with an update. For one call only.</summary>
/// <typeparam name="THandle">The type of the workflow's handle.</typeparam>
public sealed class WithStartWorkflowOperation<THandle> : WithStartWorkflowOperation
    where THandle : WorkflowHandle
{
    private readonly Func<ITemporalClient, string, string, THandle> _createHandle;
    private readonly TaskCompletionSource<THandle> _handle;

    /// <summary>Initializes an instance.</summary>
    internal WithStartWorkflowOperation(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        Func<ITemporalClient, string, string, THandle> createHandle)
        : this(workflow, args, options, createHandle, new(TaskCreationOptions.RunContinuationsAsynchronously))
    {
    }

    private WithStartWorkflowOperation(
        string workflow,
        IReadOnlyCollection<object?> args,
        WorkflowOptions options,
        Func<ITemporalClient, string, string, THandle> createHandle,
        TaskCompletionSource<THandle> handle)
        : base(workflow, args, options)
    {
        _createHandle = createHandle;
        _handle = handle;
    }

    /// <inheritdoc/>
    internal override bool IsCompleted => _handle.Task.IsCompleted;

    /// <inheritdoc/>
    public override object Clone() =>
        new WithStartWorkflowOperation<THandle>(Workflow, Args, (WorkflowOptions)Options.Clone(), _createHandle, _handle)
        {
            Headers = Headers,
        };

    /// <summary>Waits for the handle: it is there as soon as the workflow runs, before the update has come anywhere.</summary>
    /// <exception cref="Exceptions.WorkflowAlreadyStartedException">The id is taken.</exception>
    public Task<THandle> GetHandleAsync() => _handle.Task;

    /// <inheritdoc/>
    internal override void SetStarted(ITemporalClient client, string runId) =>
        _handle.TrySetResult(_createHandle(client, Options.Id!, runId));

    /// <inheritdoc/>
    internal override void SetException(Exception exception)
    {
        if (_handle.TrySetException(exception))
        {
            // Nobody has to ask for the handle.
            _ = _handle.Task.Exception;
        }
    }
}
