using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Wire;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using TaskQueueMessage = Temporalio.Api.TaskQueue.V1.TaskQueue;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>One run of a workflow: its history, and what is pending in it. All of it under the server's lock.</summary>
internal sealed class WorkflowRun
{
    private readonly List<Waiter<object>> _watchers = [];
    private Alarm? _timeout;
    private int _signals;
    private long _touchedIn = -1;

    public WorkflowRun(TemporalNamespace space, RunSpec spec, string runId)
    {
        Space = space;
        Spec = spec;
        RunId = runId;
        StartTime = State.Time.Now;
        History = new RunHistory(this);
        Tasks = new WorkflowTasks(this);
        Activities = new RunActivities(this);
        Timers = new RunTimers(this);
        Children = new RunChildren(this);
        Externals = new RunExternals(this);
        Updates = new RunUpdates(this);
        Queries = new RunQueries(this);
        ResetPoints = new RunResetPoints(this);
        Versioning = new RunVersioning(this);
        Memo = spec.Memo?.Clone() ?? new Memo();
        SearchAttributes = spec.SearchAttributes?.Clone() ?? new SearchAttributes();
        TaskQueue = spec.TaskQueue;
    }

    public TemporalNamespace Space { get; }

    public ServerState State => Space.State;

    public RunSpec Spec { get; }

    public string WorkflowId => Spec.WorkflowId;

    public string RunId { get; }

    public string FirstRunId => Spec.FirstRunId.Length > 0 ? Spec.FirstRunId : RunId;

    public WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    public WorkflowExecution Root => Spec.Root ?? Execution;

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset? CloseTime { get; private set; }

    public WorkflowExecutionStatus Status { get; private set; } = WorkflowExecutionStatus.Running;

    public bool IsOpen => Status == WorkflowExecutionStatus.Running;

    public string TaskQueue { get; }

    public Memo Memo { get; }

    public SearchAttributes SearchAttributes { get; }

    public RunHistory History { get; }

    public WorkflowTasks Tasks { get; }

    public RunActivities Activities { get; }

    public RunTimers Timers { get; }

    public RunChildren Children { get; }

    public RunExternals Externals { get; }

    public RunUpdates Updates { get; }

    public RunQueries Queries { get; }

    public RunResetPoints ResetPoints { get; }

    public RunVersioning Versioning { get; }

    /// <summary>Whether a client or a parent asked that it ends.</summary>
    public bool IsCancelRequested { get; private set; }

    /// <summary>The ids of requests that it has had: one that is sent twice is done once.</summary>
    public HashSet<string> RequestIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The run that followed it in its chain; empty where none did.</summary>
    public string NextRunId { get; private set; } = "";

    /// <summary>How often its state was written: once for all that happened to it in one change.</summary>
    public long Transitions { get; private set; }

    /// <summary>The builds whose workers completed workflow tasks of it, as the search attribute <c>BuildIds</c> has them.</summary>
    public List<string> BuildIds { get; } = [];

    /// <summary>The worker that completed its last workflow task; null where it said nothing of its build.</summary>
    public WorkerVersionStamp? LastStamp { get; private set; }

    /// <summary>Takes note that something of it has changed.</summary>
    /// <param name="isNew">Whether that is written by itself, though the change has more of it.</param>
    public void Touch(bool isNew = false)
    {
        State.Version++;
        Tasks.Keep();
        if (isNew || _touchedIn != State.ChangeNumber)
        {
            _touchedIn = State.ChangeNumber;
            Transitions++;
        }
    }

    /// <summary>Takes note of the build of the worker that completed a workflow task of it.</summary>
    public void Completed(WorkerVersionStamp? stamp)
    {
        LastStamp = stamp is { BuildId.Length: > 0 } ? stamp : LastStamp;
        if (stamp is { BuildId.Length: > 0, UseVersioning: false } && !BuildIds.Contains($"unversioned:{stamp.BuildId}"))
        {
            BuildIds.AddRange(BuildIds.Count == 0 ? ["unversioned", $"unversioned:{stamp.BuildId}"] : [$"unversioned:{stamp.BuildId}"]);
        }
    }

    /// <summary>Whether something of it is being worked on, so that skipped time has to wait.</summary>
    public bool IsBusy => Tasks.Current is not null || Activities.IsBusy || Queries.IsBusy;

    /// <summary>What of it is being worked on, one line each.</summary>
    public IEnumerable<string> Holders() => [.. Tasks.Holders(), .. Activities.Holders(), .. Queries.Holders()];

    /// <summary>Writes its first event and schedules its first workflow task.</summary>
    public void Begin()
    {
        Expiration = Spec.Expiration ?? (Spec.ExecutionTimeout > TimeSpan.Zero ? State.Time.Now + Spec.ExecutionTimeout : null);
        HistoryEvent started = History.Make(EventType.WorkflowExecutionStarted);
        started.UserMetadata = Spec.UserMetadata;
        started.WorkflowExecutionStartedEventAttributes = StartedAttributes.Of(this);
        History.Append(started);
        if (Spec.RequestId.Length > 0)
        {
            RequestIds.Add(Spec.RequestId);
        }

        if (Spec.Signal is { } signal)
        {
            History.Append(Signaled(signal.Name, signal.Input, signal.Identity, signal.Header, null, Spec.RequestId));
        }

        LimitTime();
        if (Spec.Backoff == TimeSpan.Zero && Spec.EagerWorker is { } worker)
        {
            Tasks.Schedule().TakenBy(worker);
        }
        else if (Spec.Backoff > TimeSpan.Zero)
        {
            Tasks.DelayFirst(Spec.Backoff);
        }
        else
        {
            Tasks.Ensure();
        }
    }

    /// <summary>When the whole chain of runs is out of time; null for never.</summary>
    public DateTimeOffset? Expiration { get; private set; }

    /// <summary>When this run is out of time; null for never.</summary>
    public DateTimeOffset? RunExpiration { get; private set; }

    /// <summary>Takes over the history of another run, and what was pending in it.</summary>
    public void Resume(IReadOnlyList<HistoryEvent> taken)
    {
        Expiration = Spec.Expiration ?? (Spec.ExecutionTimeout > TimeSpan.Zero ? State.Time.Now + Spec.ExecutionTimeout : null);
        foreach (HistoryEvent made in taken)
        {
            History.Append(made);
            Restore(made);
        }

        LimitTime();
        Activities.DispatchRestored();
    }

    /// <summary>Brings what is pending to where it is after an event that is in the history already.</summary>
    public void Restore(HistoryEvent made)
    {
        _signals += made.EventType == EventType.WorkflowExecutionSignaled ? 1 : 0;
        IsCancelRequested |= made.EventType == EventType.WorkflowExecutionCancelRequested;
        if (made.UpsertWorkflowSearchAttributesEventAttributes is { } upsert)
        {
            TemporalNamespace.Upsert(this, upsert.SearchAttributes);
        }

        foreach ((string name, Payload value) in made.WorkflowPropertiesModifiedEventAttributes?.UpsertedMemo?.Fields ?? [])
        {
            Memo.Fields[name] = value;
        }

        Tasks.Restore(made);
        Activities.Restore(made);
        Timers.Restore(made);
        Children.Restore(made);
        Updates.Restore(made);
    }

    /// <summary>
    /// Adds an event that comes from outside, now or after the workflow task that is being worked on; then a workflow task sees it.
    /// </summary>
    /// <param name="made">The event.</param>
    /// <param name="started">Of an event that ends something: the one that began it.</param>
    public void Add(HistoryEvent made, HistoryEvent? started = null)
    {
        Put(made, started);
        Tasks.Ensure();
    }

    /// <summary>The same without a workflow task for it.</summary>
    public void Put(HistoryEvent made, HistoryEvent? started = null)
    {
        if (!IsOpen || EndAtLimit(Tasks.IsStarted ? 0 : 1))
        {
            return;
        }

        if (Tasks.IsStarted)
        {
            History.Buffer(made, started);
        }
        else
        {
            Tasks.Settle();
            StartedId.Set(made, started?.EventId);
            History.Append(made);
        }

        TellWatchers();
    }

    /// <summary>Terminates it where so many more events, or any after as many bytes as it has, are beyond a limit of the server.</summary>
    /// <returns>Whether it did; <see cref="BrokenLimit"/> then says which.</returns>
    public bool EndAtLimit(int more)
    {
        if (History.BrokenBy(more) is not { } broken)
        {
            return false;
        }

        BrokenLimit = broken;
        RunEnds.Terminate(this, broken, null, "history-service");
        return true;
    }

    /// <summary>The limit of the server that it was terminated for; empty where it was not.</summary>
    public string BrokenLimit { get; private set; } = "";

    /// <summary>Whether it has had as many signals as it may.</summary>
    public bool HasAllSignals => _signals >= State.Limits.Signals;

    /// <summary>Signals it.</summary>
    /// <exception cref="Grpc.Core.RpcException">It has had as many as it may.</exception>
    public void Signal(string name, Payloads? input, string identity, Header? header, WorkflowExecution? from, string requestId)
    {
        if (HasAllSignals)
        {
            throw RpcErrors.InvalidArgument("exceeded workflow execution limit for signal events");
        }

        if (requestId.Length > 0 && !RequestIds.Add($"signal/{requestId}"))
        {
            return;
        }

        HistoryEvent made = Signaled(name, input, identity, header, from, requestId);
        Add(made);
    }

    private HistoryEvent Signaled(string name, Payloads? input, string identity, Header? header, WorkflowExecution? from, string requestId)
    {
        _signals++;
        HistoryEvent made = History.Make(EventType.WorkflowExecutionSignaled);
        made.WorkflowExecutionSignaledEventAttributes = new()
        {
            SignalName = name, Input = input, Identity = identity, Header = header, ExternalWorkflowExecution = from, RequestId = requestId,
        };
        return made;
    }

    /// <summary>Asks it to end; once.</summary>
    public void RequestCancel(string reason, string identity, WorkflowExecution? from, long fromEventId)
    {
        if (IsCancelRequested)
        {
            return;
        }

        IsCancelRequested = true;
        HistoryEvent made = History.Make(EventType.WorkflowExecutionCancelRequested);
        made.WorkflowExecutionCancelRequestedEventAttributes = new()
        {
            Cause = reason, Identity = identity, ExternalWorkflowExecution = from, ExternalInitiatedEventId = fromEventId,
        };
        Add(made);
    }

    /// <summary>Marks it closed and clears what was pending; the event of its end is written already.</summary>
    public void Close(WorkflowExecutionStatus status, string nextRunId)
    {
        Status = status;
        NextRunId = nextRunId;
        CloseTime = State.Time.Now;
        _timeout?.Cancel();
        Tasks.Clear();
        Activities.Clear();
        Timers.Clear();
        History.DropBuffered();
        Space.Closed(this);
        Queries.Redirect();
        TellWatchers();
    }

    /// <summary>Waits for the next event. Under the server's lock.</summary>
    public Waiter<object> Watch()
    {
        Waiter<object> watcher = new(State);
        _watchers.Add(watcher);
        return watcher;
    }

    /// <summary>Tells those who wait for new events.</summary>
    public void TellWatchers()
    {
        if (_watchers.Count > 0)
        {
            _watchers.ForEach(watcher => watcher.Tell(this));
            _watchers.Clear();
        }
    }

    /// <summary>Its own task queue, as an event names it.</summary>
    public TaskQueueMessage QueueMessage() => new() { Name = TaskQueue, Kind = TaskQueueKind.Normal };

    private void LimitTime()
    {
        TimeSpan timeout = Timeout(Expiration);
        if (timeout > TimeSpan.Zero)
        {
            RunExpiration = State.Time.Now + timeout;
            _timeout = State.Time.After(timeout, $"run timeout of {WorkflowId}", () => RunEnds.TimeOut(this));
        }
    }

    private TimeSpan Timeout(DateTimeOffset? expiration)
    {
        TimeSpan left = expiration is { } end ? end - State.Time.Now : TimeSpan.Zero;
        TimeSpan run = Spec.RunTimeout > TimeSpan.Zero ? Spec.RunTimeout + Spec.Backoff : TimeSpan.Zero;
        return run == TimeSpan.Zero || (left > TimeSpan.Zero && left < run) ? left : run;
    }
}
