using Temporalio.Activities;

namespace Temporalio.Worker;

/// <summary>
/// The timeouts of an attempt on the worker's own clock: an attempt that the server must have given up does not hold its slot, nor act
/// beside its successor. Each is 5 s longer than the server's, so that the server decides first.
/// </summary>
internal sealed class ActivityDeadlines : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // Timers take at most 49 days; what runs longer is left to the server.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly TimeSpan? _heartbeatTimeout;
    private readonly ITimer? _startToClose;
    private readonly ITimer? _heartbeat;

    /// <summary>Starts the timers.</summary>
    public ActivityDeadlines(ActivityInfo info, TimeProvider timeProvider, Action onPassed)
    {
        _heartbeatTimeout = info.HeartbeatTimeout;
        _startToClose = Start(info.StartToCloseTimeout);
        _heartbeat = Start(info.HeartbeatTimeout);

        ITimer? Start(TimeSpan? timeout) =>
            timeout is { } due && due < LongestTimer
                ? timeProvider.CreateTimer(_ => onPassed(), null, due + Grace, Timeout.InfiniteTimeSpan)
                : null;
    }

    /// <summary>The server has a new heartbeat.</summary>
    public void HeartbeatAcknowledged()
    {
        if (_heartbeatTimeout is { } timeout)
        {
            _heartbeat?.Change(timeout + Grace, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _startToClose?.Dispose();
        _heartbeat?.Dispose();
    }
}
