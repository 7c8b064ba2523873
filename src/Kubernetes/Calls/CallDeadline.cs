namespace Orchestrator.Kubernetes;

/// <summary>The time limit of one call, until the last byte of its answer is read; tells it from the caller's cancellation.</summary>
internal sealed class CallDeadline(TimeSpan limit, TimeProvider timeProvider) : IDisposable
{
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly CancellationTokenSource _timer = new(limit, timeProvider);

    public TimeSpan Remaining => limit - timeProvider.GetElapsedTime(_start);

    /// <summary>Cancelled when the time is over, or by the caller.</summary>
    public CancellationTokenSource Linked(CancellationToken caller) =>
        CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);

    /// <summary>The error that <paramref name="cause"/> stands for.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public ApiException Explain(ApiCall call, Exception cause, CancellationToken caller)
    {
        caller.ThrowIfCancellationRequested();
        return _timer.IsCancellationRequested ? MissingAnswer.TimedOut(call, limit, cause) : MissingAnswer.From(call, cause);
    }

    public void Dispose() => _timer.Dispose();
}
