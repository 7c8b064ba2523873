namespace Orchestrator.Sandbox.Time;

/// <summary>
/// The two clocks of a box. Timers, retries, schedules and most timeouts run on the virtual one, which stands still where time skips;
/// limits that only a lost worker reaches (workflow task, sticky queue, heartbeat) run on the wall clock.
/// </summary>
internal sealed class Clocks : IDisposable
{
    private readonly TimeProvider _wall;
    private readonly ITimer _timer;
    private readonly AlarmQueue _wallAlarms = new();
    private readonly AlarmQueue _virtualAlarms = new();
    private readonly Dictionary<string, int> _rung = new(StringComparer.Ordinal);
    private DateTimeOffset? _frozenAt;

    /// <summary>Starts both clocks.</summary>
    /// <param name="wall">The wall clock.</param>
    /// <param name="skips">Whether the virtual clock stands still until it is told to skip; else it is the wall clock.</param>
    /// <param name="ring">Called on a thread of its own when an alarm of the wall clock is due.</param>
    public Clocks(TimeProvider wall, bool skips, Action ring)
    {
        _wall = wall;
        _frozenAt = skips ? Whole(wall.GetUtcNow()) : null;
        _timer = wall.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the virtual clock stands still until it is told to skip.</summary>
    public bool Skips => _frozenAt is not null;

    /// <summary>The virtual time.</summary>
    public DateTimeOffset Now => _frozenAt ?? _wall.GetUtcNow();

    /// <summary>The wall clock's time.</summary>
    public DateTimeOffset WallNow => _wall.GetUtcNow();

    /// <summary>The instant of the next virtual alarm; null where none is set.</summary>
    public DateTimeOffset? NextVirtual => _virtualAlarms.Next;

    /// <summary>What is still to ring on the virtual clock.</summary>
    public IEnumerable<Alarm> PendingVirtual => _virtualAlarms.Pending;

    /// <summary>What is still to ring on the wall clock.</summary>
    public IEnumerable<Alarm> PendingWall => _wallAlarms.Pending;

    /// <summary>How often alarms of the virtual clock rang, by what they are for; the most frequent first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Rung =>
        _rung.OrderByDescending(row => row.Value).ThenBy(row => row.Key, StringComparer.Ordinal);

    /// <summary>Sets an alarm on the virtual clock.</summary>
    public Alarm After(TimeSpan time, string what, Action ring) => _virtualAlarms.Set(Now + time, what, ring);

    /// <summary>Sets an alarm at an instant of the virtual clock.</summary>
    public Alarm At(DateTimeOffset at, string what, Action ring) => _virtualAlarms.Set(at, what, ring);

    /// <summary>Sets an alarm on the wall clock.</summary>
    public Alarm AfterOnTheWall(TimeSpan time, string what, Action ring) => _wallAlarms.Set(WallNow + time, what, ring);

    /// <summary>Rings what is due, and sets the timer for what comes next. Under the box's lock.</summary>
    public void RingDue()
    {
        while (_wallAlarms.TakeDue(WallNow) is { } due)
        {
            AlarmsRung++;
            due.Ring();
        }

        while (_virtualAlarms.TakeDue(Now) is { } due)
        {
            _rung[due.What] = _rung.GetValueOrDefault(due.What) + 1;
            AlarmsRung++;
            due.Ring();
        }

        DateTimeOffset? next = Skips ? _wallAlarms.Next : Earlier(_wallAlarms.Next, _virtualAlarms.Next);
        if (next is { } at)
        {
            TimeSpan left = at - WallNow;
            _timer.Change(left < TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>How many alarms have rung.</summary>
    public long AlarmsRung { get; private set; }

    /// <summary>Moves the virtual clock to an instant; never backwards.</summary>
    public void SkipTo(DateTimeOffset instant) => _frozenAt = instant > _frozenAt ? instant : _frozenAt;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // A .NET timer takes no more than 49 days.
    private static TimeSpan Longest => TimeSpan.FromDays(30);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => other is null || one < other ? one : other;

    private static DateTimeOffset Whole(DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
