namespace Temporalio.Tests.Worker;

/// <summary>A clock that stands still until the test moves it, or jumps to the end of short waits and keeps how long each was.</summary>
internal sealed class ManualClock(bool jumps = false) : TimeProvider
{
    private static readonly TimeSpan LongestJump = TimeSpan.FromSeconds(15);

    private readonly bool _jumps = jumps;
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2025, 11, 21, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long the waits were that the clock jumped over.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
            {
                return [.. _waits];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock once something waits for at most this long; what is due then has fired when this returns.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        using CancellationTokenSource limit = new(Bounded.Limit);
        while (!IsAwaited(time))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), System, limit.Token);
        }

        Advance(time);
    }

    private bool IsAwaited(TimeSpan time)
    {
        lock (_lock)
        {
            return _timers.Any(timer => timer.Due <= _now + time);
        }
    }

    private void Advance(TimeSpan time)
    {
        ManualTimer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(timer => timer.Due <= _now);
        }

        foreach (ManualTimer timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    return true;
                }

                Due = clock._now + dueTime;
                if (!clock._jumps || dueTime > LongestJump)
                {
                    clock._timers.Add(this);
                    return true;
                }

                clock._waits.Add(dueTime);
                clock._now = Due;
            }

            ThreadPool.QueueUserWorkItem(_ => callback());
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
