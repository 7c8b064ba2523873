using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using StickyAttributes = Temporalio.Api.TaskQueue.V1.StickyExecutionAttributes;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// The workflow tasks of a run. None → scheduled → started → none; a try that fails or is lost is followed by the next one, of which
/// nothing is written until one completes.
/// </summary>
internal sealed class WorkflowTasks(WorkflowRun run)
{
    // From this try on a worker is given ever more time: a workflow that cannot go on is not to be replayed all the time.
    private const int FirstSlowAttempt = 4;
    private static readonly TimeSpan FirstSlowdown = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSlowdown = TimeSpan.FromMinutes(10);

    private readonly WorkflowTaskEvents _events = new(run);
    private Alarm? _delay;
    private StickyAttributes? _sticky;

    // What is written down of it. A real server changes it in memory alone for a query, for a speculative task and for one that is dropped,
    // and takes what is written down again once a call to the run fails.
    private StickyAttributes? _stickyKept;

    /// <summary>The events of one that are not in the history yet, as its worker is shown them.</summary>
    public IEnumerable<HistoryEvent> Unwritten(WorkflowTask task) => _events.Unwritten(task);

    /// <summary>The open one; null where there is none.</summary>
    public WorkflowTask? Current { get; private set; }

    /// <summary>Whether a worker is at it.</summary>
    public bool IsStarted => Current is { IsStarted: true };

    /// <summary>The number that the next try gets.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>Start event of the last one that completed; zero where none has.</summary>
    public long LastStartedId { get; private set; }

    /// <summary>Whether any has completed.</summary>
    public bool HasCompletedAny => LastStartedId > 0;

    /// <summary>The sticky queue, as long as its worker polls it; null otherwise.</summary>
    public string? StickyQueue => _sticky?.WorkerTaskQueue.Name is { } sticky && run.Space.Queues.IsPolled(sticky) ? sticky : null;

    /// <summary>Whether the first one still waits: for a start delay, a retry or cron.</summary>
    public bool IsDelayed => _delay is { IsOff: false };

    /// <summary>Lets the first one wait.</summary>
    public void DelayFirst(TimeSpan time) => _delay = run.State.Time.After(time, $"first task of {run.WorkflowId}", Ensure);

    /// <summary>Ends that wait.</summary>
    public void EndDelay() => _delay?.Cancel();

    /// <summary>Schedules one, where none is open and nothing is waited for.</summary>
    public void Ensure()
    {
        if (run.IsOpen && Current is null && !IsDelayed)
        {
            Dispatch(Schedule());
        }
    }

    /// <summary>Schedules one that carries updates alone, where none is open.</summary>
    public void EnsureForUpdates()
    {
        if (run.IsOpen && Current is null && !IsDelayed)
        {
            Dispatch(Schedule(isSpeculative: Attempt == 1));
        }
    }

    /// <summary>Gives one that is about to be followed by another event its place in the history.</summary>
    public void Settle()
    {
        if (Current is { Kind: WorkflowTaskKind.Speculative, IsStarted: false } task)
        {
            task.Kind = WorkflowTaskKind.Normal;
            _events.WriteScheduled(task);
        }
    }

    /// <summary>Makes one; it waits for <see cref="Dispatch"/>.</summary>
    public WorkflowTask Schedule(bool isSpeculative = false)
    {
        WorkflowTaskKind kind = Attempt > 1 ? WorkflowTaskKind.Transient : isSpeculative ? WorkflowTaskKind.Speculative
            : WorkflowTaskKind.Normal;
        WorkflowTask task = new(run, kind, Attempt, run.History.NextId, _sticky?.WorkerTaskQueue.Name);
        Current = task;
        if (kind == WorkflowTaskKind.Normal)
        {
            _events.WriteScheduled(task);
        }

        return task;
    }

    /// <summary>Puts one into its queue.</summary>
    public void Dispatch(WorkflowTask task)
    {
        task.IsOnSticky = StickyQueue is not null && run.Versioning.Build == task.Target;
        if (task is { IsOnSticky: true, Sticky: { } sticky })
        {
            TimeSpan limit = _sticky!.ScheduleToStartTimeout?.ToTimeSpan() ?? TimeSpan.FromSeconds(10);
            task.Limit = run.State.Time.AfterOnTheWall(limit, $"sticky task of {run.WorkflowId}", () => LeaveSticky(task));
            run.Space.Queues.Workflows(sticky).Add(task);
        }
        else
        {
            run.Space.Queues.Workflows(run.TaskQueue).Add(task);
        }
    }

    /// <summary>Starts one that a poller has taken.</summary>
    public void Start(WorkflowTask task)
    {
        task.Limit?.Cancel();
        if (!task.IsOnSticky)
        {
            // The worker of the sticky queue is gone. Nothing is written of the start of a speculative one, and so nothing of this.
            _sticky = null;
            task.Sticky = null;
        }

        if (task.Kind == WorkflowTaskKind.Speculative)
        {
            run.State.Version++;
        }
        else
        {
            run.Touch(isNew: true);
        }

        if (task.Kind == WorkflowTaskKind.Transient && task.ScheduledId != run.History.NextId)
        {
            // Something has happened since the try before: this one has new events to see, and is the first for them.
            task.Kind = WorkflowTaskKind.Normal;
            task.Attempt = Attempt = 1;
            _events.WriteScheduled(task);
        }

        task.StartedAt = run.State.Time.Now;
        task.StartedId = run.History.NextId;
        if (task.Kind == WorkflowTaskKind.Normal)
        {
            run.History.Append(_events.Started(task));
        }
        else
        {
            task.StartedId = task.ScheduledId + 1;
        }

        TimeSpan slowdown = task.Attempt < FirstSlowAttempt ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Min(LongestSlowdown.TotalSeconds,
                FirstSlowdown.TotalSeconds * Math.Pow(2, task.Attempt - FirstSlowAttempt)));
        task.Limit = run.State.Time.AfterOnTheWall(run.Spec.TaskTimeout + slowdown, $"task of {run.WorkflowId}", () => TimeOut(task));
        run.TellWatchers();
    }

    /// <summary>Writes that one is completed.</summary>
    /// <returns>The event.</returns>
    public HistoryEvent Complete(WorkflowTask task, WorkflowTaskCompletedEventAttributes attributes)
    {
        End(task);
        _events.Write(task);
        attributes.ScheduledEventId = task.ScheduledId;
        attributes.StartedEventId = task.StartedId;
        HistoryEvent completed = run.History.Make(EventType.WorkflowTaskCompleted);
        completed.WorkflowTaskCompletedEventAttributes = attributes;
        Attempt = 1;
        LastStartedId = task.StartedId;
        return run.History.Append(completed);
    }

    /// <summary>Drops one that only carried rejected updates: nothing of it is written, and where the next ones go is only kept in mind.
    /// </summary>
    public void Discard(WorkflowTask task, StickyAttributes? sticky)
    {
        StickTo(sticky);
        End(task);
    }

    /// <summary>Takes note of where the next ones go, null for the ordinary queue: in mind, until <see cref="Keep"/>.</summary>
    public void StickTo(StickyAttributes? sticky) => _sticky = sticky?.WorkerTaskQueue is { Name.Length: > 0 } ? sticky : null;

    /// <summary>The run is written down, and with it where the next tasks go.</summary>
    public void Keep() => _stickyKept = _sticky;

    /// <summary>A call to the run has failed: the next tasks go where the run that is written down says.</summary>
    public void Forget() => _sticky = _stickyKept;

    /// <summary>Leaves a sticky queue whose worker has shut down; a task that waits there goes to the ordinary one.</summary>
    public void LeaveSticky(string queue)
    {
        if (_sticky?.WorkerTaskQueue.Name == queue && Current is { IsStarted: false, IsOnSticky: true } task)
        {
            _sticky = null;
            Keep();
            End(task);
            if (task.Kind == WorkflowTaskKind.Normal)
            {
                _events.WriteTimedOut(task, TimeoutType.ScheduleToStart);
            }

            Ensure();
        }
    }

    /// <summary>Fails one; the next try follows at once. A worker that had the run in memory fails it without being counted.</summary>
    public void Fail(WorkflowTask task, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        End(task);
        if (task.Attempt == 1)
        {
            _events.Write(task);
            _events.WriteFailed(task, cause, failure, identity);
        }

        TryAgain(_sticky is null ? task.Attempt + 1 : task.Attempt);
    }

    /// <summary>Takes note of a completed one of the run whose history is taken over.</summary>
    public void Restore(HistoryEvent made) => LastStartedId = made.WorkflowTaskCompletedEventAttributes?.StartedEventId ?? LastStartedId;

    /// <summary>Ends one whose run is ended from outside; what came meanwhile is written.</summary>
    public void ForceEnd(WorkflowTask task, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        End(task);
        _events.Write(task);
        _events.WriteFailed(task, cause, failure, identity);
        run.History.Flush();
    }

    /// <summary>Ends the tasks of a connection that is closed: their worker is gone.</summary>
    public void Lose(string connection)
    {
        if (Current is { Worker: { } worker } task && worker.Connection == connection)
        {
            TimeOut(task);
        }
    }

    /// <summary>Forgets the open one: the run is closed.</summary>
    public void Clear()
    {
        Current?.Limit?.Cancel();
        Current = null;
        _delay?.Cancel();
    }

    /// <summary>What is open, in one line.</summary>
    public IEnumerable<string> Holders()
    {
        if (Current is { } task)
        {
            string queue = task is { IsOnSticky: true, Sticky: { } sticky } ? sticky : run.TaskQueue;
            yield return $"workflow task {task.ScheduledId} of {run.WorkflowId} is " +
                $"{(task.Worker is { } worker ? $"with {worker.Identity}" : $"in queue {queue}")}";
        }
    }

    // No worker took it from its sticky queue: it goes to whoever polls the ordinary one. That is no failed try.
    private void LeaveSticky(WorkflowTask task)
    {
        if (task.IsValid)
        {
            LeaveSticky(task.Sticky!);
        }
    }

    private void TimeOut(WorkflowTask task)
    {
        if (Current != task)
        {
            return;
        }

        End(task);
        if (task.Attempt == 1)
        {
            _events.Write(task);
            _events.WriteTimedOut(task, TimeoutType.StartToClose);
        }

        TryAgain(_sticky is null ? task.Attempt + 1 : task.Attempt);
    }

    private void TryAgain(int attempt)
    {
        _sticky = null;
        Keep();
        run.Updates.SendAgain();
        bool hasNews = run.History.Flush();
        Attempt = hasNews ? 1 : attempt;
        run.TellWatchers();
        Ensure();
    }

    private void End(WorkflowTask task)
    {
        task.Limit?.Cancel();
        Current = null;
    }
}
