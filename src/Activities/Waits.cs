namespace Orchestrator.Activities;

/// <summary>
/// The one way in which activities wait for outside events: the interval of a poll, the time that something needs to settle. Where time is
/// skipped, the whole of it passes between two such waits, so nothing else that an activity does may stand for passing time, and a limit
/// around a call is never made of this: limits run on <see cref="TimeProvider.System"/>.
/// <para>
/// A wait tells a cluster in the box that its activity is alive and idle; time is skipped when every activity is. It may end early: a
/// cancel ends it at once, and the activity then heartbeats, as before every wait, and learns of the cancel. What runs in the process of
/// the box and is no activity takes part in skipped time by the box's own clock.
/// </para>
/// </summary>
public sealed class Waits
{
    private readonly Func<TimeSpan, CancellationToken, Task> _wait;

    /// <summary>Waits by a clock.</summary>
    public Waits(TimeProvider clock)
        : this((duration, cancellationToken) => Task.Delay(duration, clock, cancellationToken))
    {
    }

    /// <summary>Waits by whoever keeps the time, as a box that skips it.</summary>
    /// <param name="wait">Waits for a duration, until it is cancelled.</param>
    public Waits(Func<TimeSpan, CancellationToken, Task> wait) => _wait = wait;

    /// <summary>Waits.</summary>
    /// <param name="duration">For how long; it may end early where the activity has to end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Task For(TimeSpan duration, CancellationToken cancellationToken) => _wait(duration, cancellationToken);
}
