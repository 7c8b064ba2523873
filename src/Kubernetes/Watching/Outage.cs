namespace Orchestrator.Kubernetes;

/// <summary>The time in which a watch cannot reach its server: waits longer and longer between tries, and ends at a limit.</summary>
internal sealed class Outage(TimeSpan limit, TimeProvider timeProvider)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private bool _hasBegunWell;
    private long? _since;
    private long? _connected;
    private int _tries;

    /// <summary>False before the first success, where an error is more likely a wrong address, and after the limit.</summary>
    public bool MayGoOn => _hasBegunWell
        && (_since is not { } since || limit == Timeout.InfiniteTimeSpan || timeProvider.GetElapsedTime(since) < limit);

    /// <summary>The server lets us in. Whether that ends the outage is seen by what comes, or by how long it lasts.</summary>
    public void IsConnected()
    {
        _hasBegunWell = true;
        _connected = timeProvider.GetTimestamp();
    }

    /// <summary>The server has told something.</summary>
    public void IsOver()
    {
        _hasBegunWell = true;
        _since = null;
        _tries = 0;
    }

    /// <summary>Keeps a server that ends every connection at once from being called in a tight loop.</summary>
    public Task PaceAsync(CancellationToken cancellationToken) => Task.Delay(FirstWait, timeProvider, cancellationToken);

    public async Task WaitAsync(ApiException error, CancellationToken cancellationToken)
    {
        if (_connected is { } connected && timeProvider.GetElapsedTime(connected) > LongestWait)
        {
            IsOver();
        }

        _connected = null;
        _since ??= timeProvider.GetTimestamp();
        TimeSpan wait = FirstWait * Math.Pow(2, Math.Min(_tries++, 10)) * (1 + (Random.Shared.NextDouble() / 4));
        wait = wait < LongestWait ? wait : LongestWait;
        await Task.Delay(error.RetryAfter > wait ? error.RetryAfter.Value : wait, timeProvider, cancellationToken);
    }
}
