namespace Orchestrator.Sandbox.Time;

/// <summary>
/// Alarms in the order of their instants; those of one instant ring in the order in which they were set. Not safe for threads.
/// </summary>
internal sealed class AlarmQueue
{
    private readonly PriorityQueue<Alarm, (DateTimeOffset At, long Order)> _alarms = new();
    private long _order;

    /// <summary>The instant of the first alarm; null where none is set.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (_alarms.TryPeek(out Alarm? first, out _))
            {
                if (!first.IsOff)
                {
                    return first.At;
                }

                _alarms.Dequeue();
            }

            return null;
        }
    }

    /// <summary>What is still to ring, the first one first.</summary>
    public IEnumerable<Alarm> Pending =>
        _alarms.UnorderedItems.Where(item => !item.Element.IsOff).OrderBy(item => item.Priority).Select(item => item.Element);

    /// <summary>Sets an alarm.</summary>
    public Alarm Set(DateTimeOffset at, string what, Action ring)
    {
        Alarm alarm = new(at, what, ring);
        _alarms.Enqueue(alarm, (at, _order++));
        return alarm;
    }

    /// <summary>Takes out the first alarm that is due at an instant; null where none is.</summary>
    public Alarm? TakeDue(DateTimeOffset now) => Next is { } next && next <= now ? _alarms.Dequeue() : null;
}
