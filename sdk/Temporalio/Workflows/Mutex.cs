namespace Temporalio.Workflows;

/// <summary>A lock between tasks of one workflow run: first come, first served. It is not reentrant.</summary>
public class Mutex
{
    private readonly Semaphore _semaphore = new(1);

    /// <summary>Makes a free lock. To be called in a workflow.</summary>
    public Mutex()
    {
    }

    /// <summary>Frees the lock.</summary>
    /// <exception cref="InvalidOperationException">The lock is not taken.</exception>
    public void ReleaseMutex() => _semaphore.Release();

    /// <summary>Takes the lock, waiting for it without end.</summary>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>The wait.</returns>
    public Task WaitOneAsync(CancellationToken? cancellationToken = null) => _semaphore.WaitAsync(cancellationToken);

    /// <summary>Takes the lock, waiting for it so many milliseconds: none for 0, without end for -1.</summary>
    /// <param name="millisecondsTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether the lock was taken.</returns>
    public Task<bool> WaitOneAsync(int millisecondsTimeout, CancellationToken? cancellationToken = null) =>
        _semaphore.WaitAsync(millisecondsTimeout, cancellationToken);

    /// <summary>Takes the lock, waiting for it: not at all for zero, without end for <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait. Default: the workflow's own token.</param>
    /// <returns>Whether the lock was taken.</returns>
    public Task<bool> WaitOneAsync(TimeSpan timeout, CancellationToken? cancellationToken = null) =>
        _semaphore.WaitAsync(timeout, cancellationToken);
}
