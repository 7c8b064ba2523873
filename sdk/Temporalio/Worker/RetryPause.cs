namespace Temporalio.Worker;

/// <summary>The pauses between tries of a call to the server: 200 ms, doubled up to 10 s, each a fifth more or less.</summary>
internal sealed class RetryPause(TimeProvider timeProvider)
{
    private const double Jitter = 0.2;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan _next = First;

    /// <summary>The next pause; the one after it is longer.</summary>
    public TimeSpan Next()
    {
        TimeSpan pause = _next * (1 + (Jitter * ((2 * Random.Shared.NextDouble()) - 1)));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }

    /// <summary>Waits for the next pause.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), timeProvider, cancellationToken);

    /// <summary>The next pause is the first again.</summary>
    public void Reset() => _next = First;
}
