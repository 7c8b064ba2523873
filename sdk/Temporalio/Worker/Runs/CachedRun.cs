namespace Temporalio.Worker.Runs;

/// <summary>A run's place in a worker's memory.</summary>
/// <param name="runId">The run.</param>
internal sealed class CachedRun(string runId)
{
    private readonly Queue<PolledTask> _queries = new();
    private PolledTask? _task;

    public string RunId => runId;

    /// <summary>The run; null if its next task has to begin from the start of its history.</summary>
    public WorkflowRun? Run { get; set; }

    /// <summary>Where the run is among those with nothing to do; null while it is worked on.</summary>
    public LinkedListNode<CachedRun>? Place { get; set; }

    /// <summary>Forgets the run.</summary>
    public void Evict() => Run = null;

    /// <summary>Lets a task wait until the present one is done.</summary>
    /// <returns>The task that it takes the place of: the server sends another one only when it has given up the one before.</returns>
    public PolledTask? Wait(PolledTask task)
    {
        if (task.IsQueryAlone)
        {
            _queries.Enqueue(task);
            return null;
        }

        PolledTask? replaced = _task;
        _task = task;
        return replaced;
    }

    /// <summary>The next task that waits; null for none.</summary>
    public PolledTask? TakeWaiting()
    {
        if (_queries.TryDequeue(out PolledTask? query))
        {
            return query;
        }

        PolledTask? task = _task;
        _task = null;
        return task;
    }
}
