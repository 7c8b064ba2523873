namespace Orchestrator.Lab.Cluster;

/// <summary>A part of the lab that runs until it is stopped, and can be started again.</summary>
internal sealed class RunningPart(string name) : IAsyncDisposable
{
    private CancellationTokenSource? _stop;

    /// <summary>The run under way; completed while it is stopped.</summary>
    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Whether it was started, and not stopped since.</summary>
    public bool IsStarted => _stop is not null;

    public void Start(Func<CancellationToken, Task> run)
    {
        _stop = new();
        Run = run(_stop.Token);
    }

    /// <summary>Stops it and waits until it has; its own failure is told by <see cref="ThrowIfFailed"/> only.</summary>
    public async Task StopAsync()
    {
        if (_stop is not null)
        {
            await _stop.CancelAsync();
            await Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
            _stop = null;
            Run = Task.CompletedTask;
        }
    }

    /// <exception cref="InvalidOperationException">It has failed; the text says why.</exception>
    public void ThrowIfFailed()
    {
        if (Run.IsFaulted)
        {
            throw new InvalidOperationException($"The lab's {name} has stopped: {Run.Exception.InnerException!.Message}", Run.Exception);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
