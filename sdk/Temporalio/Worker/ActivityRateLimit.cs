namespace Temporalio.Worker;

/// <summary>Spaces the starts of activities evenly, at most so many each second.</summary>
internal sealed class ActivityRateLimit(double? perSecond, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits until the caller may start one activity.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate)
        {
            return Task.CompletedTask;
        }

        TimeSpan wait;
        lock (_lock)
        {
            DateTimeOffset now = timeProvider.GetUtcNow();
            DateTimeOffset start = _next > now ? _next : now;
            _next = start + TimeSpan.FromSeconds(1 / rate);
            wait = start - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, timeProvider, cancellationToken) : Task.CompletedTask;
    }
}
