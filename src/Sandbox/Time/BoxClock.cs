namespace Orchestrator.Sandbox.Time;

/// <summary>The virtual clock, for code that asks for the time. It makes no timers: a timer cannot tell a wait from a limit.</summary>
internal sealed class BoxClock(Timekeeper keeper) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => keeper.Change(() => keeper.Clocks.Now);

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Refuses.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new InvalidOperationException(
            "The clock of a box makes no timers. Activities wait by Waits.For, parts of the box by BoxTime, and limits run on "
            + "TimeProvider.System.");
}
