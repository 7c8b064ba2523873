namespace Orchestrator.Sandbox.Time;

/// <summary>Something that happens at an instant unless it is cancelled before.</summary>
internal sealed class Alarm(DateTimeOffset at, string what, Action ring)
{
    /// <summary>When it rings.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>What it is for, as a diagnosis prints it, such as <c>timer 3 of orders-1</c>.</summary>
    public string What { get; } = what;

    /// <summary>Whether it no longer rings.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Keeps it from ringing; one that rang already is not changed.</summary>
    public void Cancel() => IsOff = true;

    /// <summary>Rings once.</summary>
    public void Ring()
    {
        if (!IsOff)
        {
            IsOff = true;
            ring();
        }
    }
}
