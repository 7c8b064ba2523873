namespace Orchestrator.Sandbox.Temporal.Queues;

/// <summary>Tasks of one kind and name, and who polls for them: whichever came first waits for the other.</summary>
/// <typeparam name="TTask">What waits to be worked on; one that is not valid any more is passed over.</typeparam>
internal sealed class TaskQueue<TTask>(ServerState state)
    where TTask : class, IQueuedTask
{
    private readonly LinkedList<TTask> _tasks = [];
    private readonly LinkedList<(Poller Poller, Waiter<TTask> Waiter)> _waiting = [];

    /// <summary>Who polled, when (on the wall clock) and over which connection, by identity.</summary>
    public Dictionary<string, (DateTimeOffset At, string Connection)> Pollers { get; } = new(StringComparer.Ordinal);

    /// <summary>How many tasks wait.</summary>
    public int Backlog => _tasks.Count(task => task.IsValid);

    /// <summary>Whether somebody waits for a task now.</summary>
    public bool HasWaitingPoller => _waiting.Any(row => !row.Waiter.IsOver);

    /// <summary>How it stands.</summary>
    public TaskQueueView View(string name, string kind) => new(name, kind, Backlog, HasWaitingPoller, Pollers);

    /// <summary>Gives a task to whoever of those that it is for waits longest, or keeps it.</summary>
    public void Add(TTask task)
    {
        if (!Give(task))
        {
            _tasks.AddLast(task);
        }
    }

    /// <summary>The first task that is for a poller, taken; null where it has to wait.</summary>
    public TTask? Take(Poller poller)
    {
        // It came in before its connection was ended, and was looked at after.
        if (state.Ended.ContainsKey(poller.Connection))
        {
            return null;
        }

        Pollers[poller.Identity] = (state.Time.WallNow, poller.Connection);
        LinkedListNode<TTask>? next;
        for (LinkedListNode<TTask>? node = _tasks.First; node is not null; node = next)
        {
            next = node.Next;
            if (!node.Value.IsValid)
            {
                _tasks.Remove(node);
            }
            else if (IsFor(node.Value, poller))
            {
                _tasks.Remove(node);
                node.Value.TakenBy(poller);
                return node.Value;
            }
        }

        return null;
    }

    /// <summary>Gives what waits to those that it is for now: the routing has changed.</summary>
    public void Match()
    {
        LinkedListNode<TTask>? next;
        for (LinkedListNode<TTask>? node = _tasks.First; node is not null; node = next)
        {
            next = node.Next;
            if (node.Value.IsValid && Give(node.Value))
            {
                _tasks.Remove(node);
            }
        }
    }

    /// <summary>Waits for a task.</summary>
    public Waiter<TTask> Wait(Poller poller)
    {
        Waiter<TTask> waiter = new(state);
        if (state.Ended.ContainsKey(poller.Connection))
        {
            waiter.Tell(null);
        }
        else
        {
            _waiting.AddLast((poller, waiter));
        }

        return waiter;
    }

    /// <summary>Moves all tasks elsewhere: nobody polls here any more.</summary>
    public IReadOnlyList<TTask> Empty()
    {
        List<TTask> left = [.. _tasks.Where(task => task.IsValid)];
        _tasks.Clear();
        return left;
    }

    /// <summary>Ends the waits of a connection that is closed, and forgets that it polled.</summary>
    public void Drop(string connection)
    {
        foreach ((Poller Poller, Waiter<TTask> Waiter) row in _waiting.Where(row => row.Poller.Connection == connection).ToList())
        {
            row.Waiter.Tell(null);
            _waiting.Remove(row);
        }

        foreach (string identity in Pollers.Where(row => row.Value.Connection == connection).Select(row => row.Key).ToList())
        {
            Pollers.Remove(identity);
        }
    }

    private static bool IsFor(TTask task, Poller poller) => task.IsForAny || task.Target == poller.Build;

    private bool Give(TTask task)
    {
        LinkedListNode<(Poller Poller, Waiter<TTask> Waiter)>? next;
        for (LinkedListNode<(Poller Poller, Waiter<TTask> Waiter)>? node = _waiting.First; node is not null; node = next)
        {
            next = node.Next;
            (Poller poller, Waiter<TTask> waiter) = node.Value;
            if (waiter.IsOver)
            {
                _waiting.Remove(node);
            }
            else if (IsFor(task, poller))
            {
                _waiting.Remove(node);
                task.TakenBy(poller);
                waiter.Tell(task);
                return true;
            }
        }

        return false;
    }
}

/// <summary>How a task queue stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is of: <c>workflow</c> or <c>activity</c>.</param>
/// <param name="Backlog">How many tasks wait.</param>
/// <param name="HasWaitingPoller">Whether somebody waits for a task.</param>
/// <param name="Pollers">Who polled, when (on the wall clock) and over which connection, by identity.</param>
internal sealed record TaskQueueView(
    string Name,
    string Kind,
    int Backlog,
    bool HasWaitingPoller,
    IReadOnlyDictionary<string, (DateTimeOffset At, string Connection)> Pollers);
