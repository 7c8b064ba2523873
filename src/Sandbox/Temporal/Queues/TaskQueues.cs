using Orchestrator.Sandbox.Temporal.Runs;

namespace Orchestrator.Sandbox.Temporal.Queues;

/// <summary>The task queues of a namespace, made when they are first named.</summary>
internal sealed class TaskQueues(ServerState state)
{
    // A worker polls at least every 60 s; one that has been away for this long has no sticky tasks any more (matching's own limit).
    private static readonly TimeSpan StickyPollerIsGoneAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TaskQueue<IWorkflowQueueTask>> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskQueue<ActivityAttempt>> _activities = new(StringComparer.Ordinal);

    /// <summary>All queues that have been named, workflow and activity queues apart.</summary>
    public IEnumerable<string> Names => _workflows.Keys.Union(_activities.Keys);

    /// <summary>How each of them stands, in the order of their names.</summary>
    public IEnumerable<TaskQueueView> All =>
    [
        .. _workflows.OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => queue.Value.View(queue.Key, "workflow")),
        .. _activities.OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => queue.Value.View(queue.Key, "activity")),
    ];

    /// <summary>A queue of workflow tasks and direct queries, sticky or not.</summary>
    public TaskQueue<IWorkflowQueueTask> Workflows(string name) => Get(_workflows, name);

    /// <summary>A queue of activities.</summary>
    public TaskQueue<ActivityAttempt> Activities(string name) => Get(_activities, name);

    /// <summary>Whether the worker of a sticky queue polls, or did a moment ago.</summary>
    public bool IsPolled(string sticky) =>
        _workflows.TryGetValue(sticky, out TaskQueue<IWorkflowQueueTask>? queue)
        && (queue.HasWaitingPoller || queue.Pollers.Values.Any(poll => state.Time.WallNow - poll.At < StickyPollerIsGoneAfter));

    /// <summary>Forgets that a worker polled: it has shut down, or its connection is closed.</summary>
    public void Forget(string sticky) => _workflows.Remove(sticky);

    /// <summary>Gives what waits to those that it is for now: the routing has changed.</summary>
    public void Match()
    {
        foreach (TaskQueue<IWorkflowQueueTask> queue in _workflows.Values.ToList())
        {
            queue.Match();
        }

        foreach (TaskQueue<ActivityAttempt> queue in _activities.Values.ToList())
        {
            queue.Match();
        }
    }

    /// <summary>Ends the waits of pollers whose connection is closed.</summary>
    public void Drop(string connection)
    {
        foreach (TaskQueue<IWorkflowQueueTask> queue in _workflows.Values)
        {
            queue.Drop(connection);
        }

        foreach (TaskQueue<ActivityAttempt> queue in _activities.Values)
        {
            queue.Drop(connection);
        }
    }

    private TaskQueue<T> Get<T>(Dictionary<string, TaskQueue<T>> queues, string name)
        where T : class, IQueuedTask
    {
        if (!queues.TryGetValue(name, out TaskQueue<T>? queue))
        {
            queues[name] = queue = new TaskQueue<T>(state);
        }

        return queue;
    }
}
