namespace Orchestrator.Kubernetes;

/// <summary>The time limit of one call; tells it from the caller's cancellation.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public CallDeadline(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller)
    {
        _limit = limit;
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        _timer = new CancellationTokenSource(limit, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
        _caller = caller;
    }

    /// <summary>Cancelled when the time is over, or by the caller.</summary>
    public CancellationToken Token => _either.Token;

    public TimeSpan Remaining => _limit - _timeProvider.GetElapsedTime(_start);

    /// <summary>The error that <paramref name="cause"/> stands for.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public KubernetesException Explain(ApiRequest request, Exception cause)
    {
        _caller.ThrowIfCancellationRequested();
        return _timer.IsCancellationRequested ? MissingAnswer.TimedOut(request, _limit, cause) : MissingAnswer.From(request, cause);
    }

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
