using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Limits;
using Orchestrator.Sandbox.Temporal.Queues;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// An activity that has not ended. Scheduled → started → (waits → scheduled)… → ended; its tries leave no events: the one that ends it is
/// written with its end.
/// </summary>
internal sealed class PendingActivity
{
    private readonly Alarm? _scheduleToClose;
    private readonly List<Alarm> _limits = [];
    private readonly List<Alarm> _waits = [];
    private Alarm? _heartbeat;
    private Failure? _lastFailure;

    // Started in the change that scheduled it.
    private bool _isStartedEagerly;
    private WorkerVersionStamp? _version;
    private bool _isLost;

    public PendingActivity(WorkflowRun run, HistoryEvent scheduled)
    {
        Run = run;
        Scheduled = scheduled;
        ScheduledAt = scheduled.EventTime.ToDateTimeOffset();
        if (Limit(Attributes.ScheduleToCloseTimeout) is { } whole)
        {
            Expiration = ScheduledAt + whole;
            _scheduleToClose = run.State.Time.After(whole, $"schedule-to-close of {this}", () => TimeOut(TimeoutType.ScheduleToClose));
        }
    }

    public WorkflowRun Run { get; }

    public HistoryEvent Scheduled { get; }

    public long ScheduledId => Scheduled.EventId;

    public ActivityTaskScheduledEventAttributes Attributes => Scheduled.ActivityTaskScheduledEventAttributes;

    public DateTimeOffset ScheduledAt { get; }

    /// <summary>When the current try was scheduled, or the next one will be.</summary>
    public DateTimeOffset AttemptScheduledAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? Expiration { get; }

    public DateTimeOffset? LastHeartbeatAt { get; private set; }

    public Payloads? Heartbeat { get; private set; }

    public Failure? LastFailure => _lastFailure;

    public string LastWorker { get; private set; } = "";

    public long? CancelRequestedId { get; set; }

    public int Attempt { get; private set; } = 1;

    /// <summary>The try that waits for a worker or is with one; null while the next one is waited for.</summary>
    public ActivityAttempt? Current { get; private set; }

    /// <summary>Whether a worker is at it.</summary>
    public bool IsStarted => Current?.Worker is not null;

    /// <summary>Whether skipped time has to wait for it: not while its code waits in virtual time, and not for a lost worker.</summary>
    public bool IsBusy => Current is not null && !_isLost && !IsWaiting;

    /// <summary>Whether its code has been asked to end and tells by heartbeats that it is alive: it learns of it by the next one.</summary>
    public bool MustEnd => CancelRequestedId is not null && Limit(Attributes.HeartbeatTimeout) is not null;

    private bool IsWaiting => _waits.Exists(wait => !wait.IsOff);

    /// <summary>Puts a try into its queue.</summary>
    public void Dispatch()
    {
        Prepare();
        Run.Space.Queues.Activities(Attributes.TaskQueue.Name).Add(Current!);
    }

    /// <summary>Starts a try at once: the worker of the workflow task takes it with the answer.</summary>
    public ActivityAttempt StartEagerly(Poller poller)
    {
        Prepare();
        _isStartedEagerly = true;
        Current!.TakenBy(poller with { Version = null });
        return Current;
    }

    /// <summary>Starts a try that a worker has taken.</summary>
    public void Start(ActivityAttempt attempt)
    {
        CancelLimits();
        StartedAt = Run.State.Time.Now;
        LastWorker = attempt.Worker!.Identity;
        if (Limit(Attributes.StartToCloseTimeout) is { } limit)
        {
            _limits.Add(Run.State.Time.After(limit, $"start-to-close of {this}", () => TimeOut(TimeoutType.StartToClose)));
        }

        Beat();
        Run.Touch(isNew: !_isStartedEagerly);
        _isStartedEagerly = false;
    }

    /// <summary>Starts a try that is ended by somebody else before any worker has it; nothing where one has.</summary>
    public void StartBy(string identity)
    {
        if (!IsStarted)
        {
            CancelLimits();
            Current = new ActivityAttempt(this, Attempt);
            Current.TakenBy(new Poller(identity, ""));
        }
    }

    /// <summary>Takes note of the version of the worker that answers; a client that does says none.</summary>
    public void AnsweredBy(WorkerVersionStamp? version) => _version = version ?? _version;

    /// <summary>Takes note of a sign of life.</summary>
    public void Record(Payloads? details)
    {
        Heartbeat = details;
        LastHeartbeatAt = Run.State.Time.Now;
        Run.Touch();
        Beat();
    }

    /// <summary>Begins the heartbeat's time anew; while its code waits in virtual time, it does not run.</summary>
    public void Beat()
    {
        _heartbeat?.Cancel();
        if (!IsWaiting && Limit(Attributes.HeartbeatTimeout) is { } limit)
        {
            _heartbeat = Run.State.Time.AfterOnTheWall(limit, $"heartbeat of {this}", () => TimeOut(TimeoutType.Heartbeat));
        }
    }

    /// <summary>Lets its code wait in virtual time, which is a sign of life.</summary>
    public Alarm BeginWait(TimeSpan time, Action over)
    {
        LastHeartbeatAt = Run.State.Time.Now;
        Alarm wait = Run.State.Time.After(time, $"wait of {this}", over);
        _waits.Add(wait);
        Beat();
        Run.State.Version++;
        return wait;
    }

    /// <summary>Goes on after a wait of its code.</summary>
    public bool EndWait(Alarm? wait)
    {
        wait?.Cancel();
        if (wait is not null && _waits.Remove(wait) && IsStarted && !_isLost)
        {
            Beat();
        }

        return true;
    }

    /// <summary>Has its code look up from its wait.</summary>
    public void WakeCode()
    {
        foreach (Alarm wait in _waits.ToList())
        {
            wait.Ring();
        }
    }

    /// <summary>Fails the current try; another follows where its policy says so.</summary>
    public void Fail(Failure failure, Payloads? lastHeartbeat, string identity)
    {
        Heartbeat = lastHeartbeat ?? Heartbeat;
        (TimeSpan? wait, RetryState state) = CancelRequestedId is null
            ? RetrySchedule.Next(Attributes.RetryPolicy, Attempt, failure, Run.State.Time.Now, Expiration)
            : (null, RetryState.CancelRequested);
        if (wait is not { } backoff)
        {
            HistoryEvent failed = Run.History.Make(EventType.ActivityTaskFailed);
            failed.ActivityTaskFailedEventAttributes = new() { Failure = failure, ScheduledEventId = ScheduledId, Identity = identity,
                RetryState = state };
            End(failed);
            return;
        }

        TryAgain(failure, backoff);
    }

    /// <summary>Ends it with an event, after that of the try which ended it.</summary>
    public void End(HistoryEvent end)
    {
        HistoryEvent? started = null;
        if (StartedAt is not null && IsStarted)
        {
            started = Run.History.Make(EventType.ActivityTaskStarted);
            started.EventTime = Timestamp.FromDateTimeOffset(StartedAt.Value);
            started.ActivityTaskStartedEventAttributes = new()
            {
                ScheduledEventId = ScheduledId,
                Identity = LastWorker,
                RequestId = Guid.NewGuid().ToString(),
                Attempt = Attempt,
                LastFailure = _lastFailure,
                WorkerVersion = _version,
            };
            Run.Put(started);
        }

        Clear();
        Run.Activities.Remove(this);
        Run.Add(end, started);
    }

    /// <summary>Stops all its clocks.</summary>
    public void Clear()
    {
        CancelLimits();
        _scheduleToClose?.Cancel();
        WakeCode();
        Current = null;
    }

    /// <summary>
    /// Ends a try whose worker is gone: at once where it heartbeats, else when its time is over, for which the clock may be skipped.
    /// </summary>
    public void Lose()
    {
        _isLost = true;
        _waits.ForEach(wait => wait.Cancel());
        _waits.Clear();
        if (Limit(Attributes.HeartbeatTimeout) is not null)
        {
            TimeOut(TimeoutType.Heartbeat);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"activity {Attributes.ActivityType.Name} ({ScheduledId}) of {Run.WorkflowId}";

    private void Prepare()
    {
        AttemptScheduledAt = Run.State.Time.Now;
        _isLost = false;
        Current = new ActivityAttempt(this, Attempt);
        if (Limit(Attributes.ScheduleToStartTimeout) is { } limit)
        {
            _limits.Add(Run.State.Time.After(limit, $"schedule-to-start of {this}", () => TimeOut(TimeoutType.ScheduleToStart)));
        }
    }

    private void TryAgain(Failure failure, TimeSpan backoff)
    {
        _lastFailure = FailureSize.Kept(failure);
        CancelLimits();
        WakeCode();
        Current = null;
        Attempt++;
        AttemptScheduledAt = Run.State.Time.Now + backoff;
        _limits.Add(Run.State.Time.After(backoff, $"retry of {this}", Dispatch));
        Run.Touch();
    }

    private void TimeOut(TimeoutType type)
    {
        Failure failure = Failure(type, null);
        (TimeSpan? wait, RetryState state) = CancelRequestedId is null
            ? RetrySchedule.Next(Attributes.RetryPolicy, Attempt, failure, Run.State.Time.Now, Expiration)
            : (null, RetryState.CancelRequested);
        if (wait is { } backoff)
        {
            TryAgain(failure, backoff);
            return;
        }

        // No time for the next try is the end of the whole time, with the try's own failure as the cause.
        bool isLate = state == RetryState.Timeout && type != TimeoutType.ScheduleToClose;
        HistoryEvent timedOut = Run.History.Make(EventType.ActivityTaskTimedOut);
        timedOut.ActivityTaskTimedOutEventAttributes = new()
        {
            Failure = isLate ? Failure(TimeoutType.ScheduleToClose, failure) : type == TimeoutType.ScheduleToClose
                ? Failure(type, _lastFailure) : failure,
            ScheduledEventId = ScheduledId,
            RetryState = type == TimeoutType.ScheduleToClose ? RetryState.Timeout : state,
        };
        End(timedOut);
    }

    private Failure Failure(TimeoutType type, Failure? cause) => new()
    {
        Message = cause is null || type != TimeoutType.ScheduleToClose
            ? $"activity {type} timeout"
            : "Not enough time to schedule next retry before activity ScheduleToClose timeout, giving up retrying",
        Source = "Server",
        TimeoutFailureInfo = new() { TimeoutType = type, LastHeartbeatDetails = type == TimeoutType.Heartbeat ? Heartbeat : null },
        Cause = cause,
    };

    private void CancelLimits()
    {
        _limits.ForEach(limit => limit.Cancel());
        _limits.Clear();
        _heartbeat?.Cancel();
    }

    private static TimeSpan? Limit(Duration? duration) => duration?.ToTimeSpan() is { } time && time > TimeSpan.Zero ? time : null;
}
