using Orchestrator.Activities;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>The Temporal that a suite of runs uses: the one in the box, in skipped time, or a real one, on the wall clock.</summary>
public abstract class RunServer
{
    /// <summary>A client; there is none before it is open.</summary>
    public ITemporalClient Client { get; protected set; } = null!;

    /// <summary>How many runs a worker keeps in memory between two tasks; with none, each task replays all before it.</summary>
    public int CachedRuns { get; protected init; }

    /// <summary>How activities wait.</summary>
    public Waits Waits => field ??= new Waits(WaitAsync);

    /// <summary>The time now.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Begins to use it.</summary>
    public abstract Task OpenAsync();

    /// <summary>Ends using it.</summary>
    public abstract Task CloseAsync();

    /// <summary>A worker's options, without what it works on.</summary>
    public abstract TemporalWorkerOptions WorkerOptions(string queue);

    /// <summary>Whether the worker whose activity calls this was ended by the test, so that it has no effect any more.</summary>
    public virtual bool IsCallerEnded => false;

    /// <summary>Waits for the result of a run.</summary>
    public abstract Task<T> ResultAsync<T>(WorkflowHandle handle);

    /// <summary>Waits until a condition holds.</summary>
    public abstract Task UntilAsync(Func<Task<bool>> isReached);

    /// <summary>Waits until a condition holds.</summary>
    public Task UntilAsync(Func<bool> isReached) => UntilAsync(() => Task.FromResult(isReached()));

    /// <summary>Has several clients use it at the same time.</summary>
    public abstract Task TogetherAsync(IReadOnlyCollection<Func<Task>> clients);

    /// <summary>A time that people would give each other; on the wall clock, as much as a test can wait for.</summary>
    public abstract TimeSpan Minutes(int minutes);

    /// <summary>Waits, as an activity.</summary>
    protected abstract Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken);
}
