namespace Temporalio.Activities;

/// <summary>The cancellation of one attempt: the token that the activity sees, and why it was cancelled. The first reason stays.</summary>
internal sealed class ActivityCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _lock = new();
    private ActivityCancellationDetails? _details;
    private ActivityCancelReason _reason;
    private bool _ended;

    public CancellationToken Token => _source.Token;

    public ActivityCancelReason Reason
    {
        get
        {
            lock (_lock)
            {
                return _reason;
            }
        }
    }

    /// <summary>Null until cancelled.</summary>
    public ActivityCancellationDetails? Details
    {
        get
        {
            lock (_lock)
            {
                return _details;
            }
        }
    }

    /// <summary>
    /// Cancels the token, unless it was cancelled before or the activity has ended: then false. What the activity registered with the
    /// token runs on other threads.
    /// </summary>
    public bool Cancel(ActivityCancelReason reason, ActivityCancellationDetails details)
    {
        lock (_lock)
        {
            if (_details is not null || _ended)
            {
                return false;
            }

            _details = details;
            _reason = reason;
        }

        CancelToken();
        return true;
    }

    /// <summary>Cancels the token without a reason, so that work that the activity left behind ends too.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        CancelToken();
        _source.Dispose();
    }

    // An exception of a registered callback is the activity's own affair; it must not reach the worker's loops.
    private void CancelToken() =>
        _ = _source.CancelAsync().ContinueWith(
            task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
