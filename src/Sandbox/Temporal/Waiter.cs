namespace Orchestrator.Sandbox.Temporal;

/// <summary>
/// A call that waits for something in the server without a thread. While it waits it does not count as a request that is being answered;
/// from the moment it is told it does again, so that skipped time cannot pass between the telling and the answer.
/// </summary>
internal sealed class Waiter<T>
{
    private readonly ServerState _state;
    private readonly TaskCompletionSource<T?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to wait. Under the server's lock.</summary>
    public Waiter(ServerState state)
    {
        _state = state;
        _state.RequestsInFlight--;
    }

    /// <summary>Whether it was told already, or has given up.</summary>
    public bool IsOver => _told.Task.IsCompleted;

    /// <summary>Ends the wait; false where it is over already. Under the server's lock.</summary>
    public bool Tell(T? answer)
    {
        bool isFirst = _told.TrySetResult(answer);
        if (isFirst)
        {
            _state.RequestsInFlight++;
        }

        return isFirst;
    }

    /// <summary>
    /// Waits until it is told, at most for a time of the wall clock; then, and when the caller goes away, gives up with the default
    /// value.
    /// </summary>
    public async Task<T?> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await ((Task)_told.Task.WaitAsync(limit, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!IsOver)
        {
            lock (_state.Gate)
            {
                Tell(default);
            }
        }

        return await _told.Task.ConfigureAwait(false);
    }
}
