using Orchestrator.Sandbox.Temporal.Deployments;
using Orchestrator.Sandbox.Temporal.Queues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>A question to a run: it goes with a workflow task, or, where none is open, by itself.</summary>
internal sealed class RunQuery(WorkflowRun run, WorkflowQuery query) : IWorkflowQueueTask
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public WorkflowRun Run { get; } = run;

    public WorkflowQuery Query { get; } = query;

    /// <summary>The call that waits for the answer.</summary>
    public Waiter<WorkflowQueryResult> Waiter { get; } = new(run.State);

    /// <summary>The worker that has it; null before.</summary>
    public Poller? Worker { get; private set; }

    /// <summary>Whether it went by itself over the sticky queue, whose worker has the run in memory.</summary>
    public bool IsSticky { get; set; }

    /// <inheritdoc/>
    public WorkerBuild? Target => Run.Versioning.Target(Run.TaskQueue, TaskQueueType.Workflow);

    /// <inheritdoc/>
    public bool IsForAny => IsSticky;

    /// <inheritdoc/>
    public bool IsValid => Worker is null && !Waiter.IsOver;

    /// <inheritdoc/>
    public void TakenBy(Poller poller) => Worker = poller;

    /// <summary>Gives it to another worker: that one is gone.</summary>
    public void Lose() => Worker = null;
}

/// <summary>The questions to a run that are not answered.</summary>
internal sealed class RunQueries(WorkflowRun run)
{
    private readonly Dictionary<string, RunQuery> _riding = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RunQuery> _direct = new(StringComparer.Ordinal);

    /// <summary>Whether some wait for an answer.</summary>
    public bool IsBusy => _riding.Values.Concat(_direct.Values).Any(query => !query.Waiter.IsOver);

    /// <summary>Takes a question in.</summary>
    public RunQuery Ask(WorkflowQuery asked)
    {
        RunQuery query = new(run, asked);
        if (run.IsOpen && run.Tasks.Current is not null)
        {
            _riding[query.Id] = query;
        }
        else
        {
            Dispatch(query);
        }

        return query;
    }

    /// <summary>The questions that go with a workflow task.</summary>
    public IReadOnlyDictionary<string, WorkflowQuery> Ride() =>
        _riding.Where(row => !row.Value.Waiter.IsOver).ToDictionary(row => row.Key, row => row.Value.Query, StringComparer.Ordinal);

    /// <summary>Answers those that went with a workflow task.</summary>
    public void Answer(IEnumerable<KeyValuePair<string, WorkflowQueryResult>> results)
    {
        foreach ((string id, WorkflowQueryResult result) in results)
        {
            if (_riding.Remove(id, out RunQuery? query))
            {
                query.Waiter.Tell(result);
            }
        }
    }

    /// <summary>Sends those on by themselves that no workflow task will carry.</summary>
    public void Redirect()
    {
        if (run.IsOpen && run.Tasks.Current is not null)
        {
            return;
        }

        foreach (RunQuery query in _riding.Values.Where(query => !query.Waiter.IsOver).ToList())
        {
            Dispatch(query);
        }

        _riding.Clear();
    }

    /// <summary>One that went by itself, by its id; null where it is answered or given up.</summary>
    public RunQuery? TakeDirect(string id) => _direct.Remove(id, out RunQuery? query) ? query : null;

    /// <summary>Gives the questions of a connection that is closed to other workers.</summary>
    public void Lose(string connection)
    {
        foreach (RunQuery query in _direct.Values.Where(query => query.Worker?.Connection == connection && !query.Waiter.IsOver).ToList())
        {
            query.Lose();
            Dispatch(query);
        }
    }

    /// <summary>Those that are not answered, a line each.</summary>
    public IEnumerable<string> Holders() => _riding.Values.Concat(_direct.Values).Where(query => !query.Waiter.IsOver)
        .Select(query =>
            $"query {query.Query.QueryType} of {run.WorkflowId} is " +
            $"{(query.Worker is { } worker ? $"with {worker.Identity}" : "in its queue")}");

    private void Dispatch(RunQuery query)
    {
        _direct[query.Id] = query;
        string? sticky = run.IsOpen ? run.Tasks.StickyQueue : null;
        if (run.IsOpen && sticky is null)
        {
            run.Tasks.StickTo(null);
        }

        query.IsSticky = sticky is not null;
        run.Space.Queues.Workflows(sticky ?? run.TaskQueue).Add(query);
    }
}
