namespace Temporalio.Worker.Runs;

/// <summary>
/// The runs that a worker has in memory. Each works on one task at a time; what comes meanwhile waits. When there are too many, the one
/// that was used longest ago goes.
/// </summary>
/// <param name="capacity">The number of runs that stay when nothing is done on them.</param>
internal sealed class WorkflowCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CachedRun> _runs = [];

    // The runs with nothing to do, the one used longest ago first.
    private readonly LinkedList<CachedRun> _idle = new();

    /// <summary>The number of runs in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _runs.Count;
            }
        }
    }

    /// <summary>Gives a task to its run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="dropped">A task that is out of date now and will not be worked on; null for none.</param>
    /// <returns>The run, for the caller to work on; null if it is being worked on and the task waits.</returns>
    public CachedRun? Enter(string runId, PolledTask task, out PolledTask? dropped)
    {
        lock (_lock)
        {
            dropped = null;
            if (!_runs.TryGetValue(runId, out CachedRun? run))
            {
                run = new(runId);
                _runs.Add(runId, run);
            }
            else if (run.Place is null)
            {
                dropped = run.Wait(task);
                return null;
            }
            else
            {
                _idle.Remove(run.Place);
                run.Place = null;
            }

            return run;
        }
    }

    /// <summary>Ends the work on a task.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evicted">How many runs left memory for it.</param>
    /// <returns>The next task of the run, for the caller to work on; null if the run has nothing to do.</returns>
    public PolledTask? Leave(CachedRun run, out int evicted)
    {
        evicted = 0;
        lock (_lock)
        {
            if (capacity == 0)
            {
                run.Evict();
            }

            if (run.TakeWaiting() is { } next)
            {
                return next;
            }

            if (run.Run is null)
            {
                _runs.Remove(run.RunId);
                return null;
            }

            run.Place = _idle.AddLast(run);
            while (_runs.Count > capacity && _idle.First is { } oldest)
            {
                _idle.RemoveFirst();
                _runs.Remove(oldest.Value.RunId);
                evicted++;
            }

            return null;
        }
    }
}
