namespace Temporalio.Workflows;

/// <summary>A count of permits shared by tasks of one workflow run. Those who wait are served in the order that they came.</summary>
public class Semaphore
{
    private readonly LinkedList<object> _waiters = new();

    /// <summary>Makes a semaphore with all permits free. To be called in a workflow.</summary>
    /// <param name="initialCount">The number of permits.</param>
    /// <exception cref="InvalidOperationException">This is no workflow.</exception>
    public Semaphore(int initialCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(initialCount);
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException("A workflow's semaphore or mutex can only be made in a workflow.");
        }

        Max = initialCount;
        CurrentCount = initialCount;
    }

    /// <summary>The number of permits that are free.</summary>
    public int CurrentCount { get; private set; }

    /// <summary>The number of permits.</summary>
    public int Max { get; init; }

    /// <summary>Frees a permit.</summary>
    /// <exception cref="InvalidOperationException">All permits are free.</exception>
    public void Release()
    {
        if (CurrentCount >= Max)
        {
            throw new InvalidOperationException($"Released more often than taken: all {Max} permits are free.");
        }

        CurrentCount++;
    }

    /// <summary>Takes a permit, waiting for it without end.</summary>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>The wait.</returns>
    public Task WaitAsync(CancellationToken? cancellationToken = null) => WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Takes a permit, waiting for it so many milliseconds: none for 0, without end for -1.</summary>
    /// <param name="millisecondsTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether a permit was taken.</returns>
    public Task<bool> WaitAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        WaitAsync(TimeSpan.FromMilliseconds(millisecondsTimeout), cancellationToken);

    /// <summary>Takes a permit, waiting for it: not at all for zero, without end for <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether a permit was taken.</returns>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken? cancellationToken = null)
    {
        if (timeout < TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A wait is at least zero, or infinite.");
        }

        if (CurrentCount > 0 && _waiters.Count == 0)
        {
            CurrentCount--;
            return Task.FromResult(true);
        }

        return timeout == TimeSpan.Zero && cancellationToken is null
            ? Task.FromResult(false)
            : WaitInLineAsync(timeout == Timeout.InfiniteTimeSpan ? null : timeout, cancellationToken);
    }

    private async Task<bool> WaitInLineAsync(TimeSpan? timeout, CancellationToken? cancellationToken)
    {
        LinkedListNode<object> place = _waiters.AddLast(new object());
        try
        {
            return await Workflow.WaitConditionWithOptionsAsync(new(() => TryTake(place), timeout, cancellationToken: cancellationToken));
        }
        finally
        {
            if (place.List is not null)
            {
                _waiters.Remove(place);
            }
        }
    }

    // The permit is taken in the very moment in which the condition holds, so that nobody can come between.
    private bool TryTake(LinkedListNode<object> place)
    {
        if (CurrentCount == 0 || _waiters.First != place)
        {
            return false;
        }

        _waiters.RemoveFirst();
        CurrentCount--;
        return true;
    }
}
