namespace Orchestrator.Sandbox.Time;

/// <summary>
/// The clocks of a box, and the one lock of all its parts: a change looks and changes under it, so that nobody sees another's half. What
/// follows from a change (<see cref="Defer"/>) is done before the lock is given up; then what is due rings, and time is skipped if it may.
/// </summary>
internal sealed class Timekeeper : IDisposable
{
    private readonly Queue<Action> _deferred = new();
    private readonly List<IClockHolder> _parts = [];
    private int _depth;

    public Timekeeper(TimeProvider wall, bool skips)
    {
        Clocks = new Clocks(wall, skips, () => Change(() => 0));
        Skipping = new TimeSkipping(this);
    }

    /// <summary>The one lock.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The clocks.</summary>
    public Clocks Clocks { get; }

    /// <summary>When the virtual clock moves.</summary>
    public TimeSkipping Skipping { get; }

    /// <summary>Rises whenever something has happened that somebody may wait for.</summary>
    public long Version { get; set; }

    /// <summary>Whether a part works on something.</summary>
    public bool IsBusy => _parts.Exists(part => part.IsBusy);

    /// <summary>What the parts work on, one line each.</summary>
    public IEnumerable<string> Holders => _parts.SelectMany(part => part.Holders());

    /// <summary>Has the clock wait for the work of a part, from now on.</summary>
    public void Add(IClockHolder part)
    {
        lock (Gate)
        {
            _parts.Add(part);
        }
    }

    /// <summary>Takes out a part that is closed.</summary>
    public void Remove(IClockHolder part) => Change(() => _parts.Remove(part));

    /// <summary>Changes something under the lock. A change within another, as by an alarm that rings, is a part of that one.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (Gate)
        {
            _depth++;
            try
            {
                return _depth > 1 ? change() : ChangeAndSettle(change);
            }
            finally
            {
                _depth--;
            }
        }
    }

    /// <summary>Has something done after the current change, and before anybody else sees it.</summary>
    public void Defer(Action consequence) => _deferred.Enqueue(consequence);

    /// <summary>Does what follows from a change, until nothing does.</summary>
    public void DoDeferred()
    {
        while (_deferred.TryDequeue(out Action? consequence))
        {
            consequence();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clocks.Dispose();

    private T ChangeAndSettle<T>(Func<T> change)
    {
        T result;
        try
        {
            result = change();
        }
        finally
        {
            DoDeferred();
        }

        Clocks.RingDue();
        DoDeferred();
        Skipping.Settle();
        return result;
    }
}
