using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Time;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>
/// A schedule: at each time of its spec an action goes into its buffer, and from there becomes a run as its overlap policy allows. A pause
/// drops what comes meanwhile. All of it under the server's lock.
/// </summary>
internal sealed class ScheduleRuns
{
    private const int MostBuffered = 1000;
    private const int RecentShown = 10;
    private const int FutureShown = 10;
    private static readonly TimeSpan LeastCatchUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultCatchUp = TimeSpan.FromDays(365);

    private readonly TemporalNamespace _space;
    private readonly List<BufferedAction> _buffer = [];
    private readonly List<WorkflowRun> _running = [];
    private readonly List<ScheduleActionResult> _recent = [];
    private readonly DateTimeOffset _created;
    private DateTimeOffset? _updated;
    private DateTimeOffset _seenUpTo;
    private long _actions;
    private long _missed;
    private long _skipped;
    private long _dropped;
    private long _version = 1;
    private Alarm? _next;
    private Payloads? _lastResult;
    private Failure? _lastFailure;

    public ScheduleRuns(TemporalNamespace space, string id, Schedule schedule, Memo? memo, SearchAttributes? attributes)
    {
        _space = space;
        Id = id;
        Memo = memo ?? new();
        SearchAttributes = attributes ?? new();
        _created = Now;
        _seenUpTo = Now;
        Schedule = schedule.Clone();
        Times = Take(Schedule);
        SetNext();
    }

    public string Id { get; }

    public Memo Memo { get; private set; }

    public SearchAttributes SearchAttributes { get; private set; }

    public Schedule Schedule { get; private set; }

    public ScheduleTimes Times { get; private set; }

    /// <summary>What an update has to carry to be of this version.</summary>
    public ByteString ConflictToken => ByteString.CopyFrom(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(_version)));

    private DateTimeOffset Now => _space.State.Time.Now;

    private TimeSpan CatchUp => Schedule.Policies.CatchupWindow?.ToTimeSpan() is { } window && window > TimeSpan.Zero
        ? window > LeastCatchUp ? window : LeastCatchUp
        : DefaultCatchUp;

    /// <summary>Replaces it. What is buffered is dropped, but for what people asked for.</summary>
    public void Update(Schedule schedule, SearchAttributes? attributes)
    {
        Schedule taken = schedule.Clone();
        Times = Take(taken);
        Schedule = taken;
        SearchAttributes = attributes ?? SearchAttributes;
        _buffer.RemoveAll(action => !action.IsManual);
        _updated = Now;
        _seenUpTo = Now;
        Changed();
    }

    /// <summary>Pauses it, goes on with it, starts a run now, or makes up for the past.</summary>
    public void Patch(SchedulePatch patch)
    {
        if (patch.Pause.Length > 0)
        {
            Schedule.State.Paused = true;
            Schedule.State.Notes = patch.Pause;
        }

        if (patch.Unpause.Length > 0)
        {
            Schedule.State.Paused = false;
            Schedule.State.Notes = patch.Unpause;
        }

        if (patch.TriggerImmediately is { } trigger)
        {
            Buffer(new(Now, Policy(trigger.OverlapPolicy), IsManual: true));
        }

        foreach (BackfillRequest backfill in patch.BackfillRequest)
        {
            DateTimeOffset end = backfill.EndTime.ToDateTimeOffset();
            DateTimeOffset at = backfill.StartTime.ToDateTimeOffset().AddSeconds(-1);
            while (Times.After(at) is { } next && next.Nominal <= end)
            {
                Buffer(new(next.Nominal, Policy(backfill.OverlapPolicy), IsManual: true));
                at = next.Nominal;
            }
        }

        Changed();
    }

    /// <summary>Ends it; its runs go on.</summary>
    public void Delete() => _next?.Cancel();

    /// <summary>Takes note that one of its runs has ended, with no other after it in its chain.</summary>
    public void Ended(WorkflowRun run)
    {
        if (_running.RemoveAll(open => open.FirstRunId == run.FirstRunId) == 0)
        {
            return;
        }

        if (_recent.Find(action => action.StartWorkflowResult.RunId == run.FirstRunId) is { } recent)
        {
            recent.StartWorkflowStatus = run.Status;
        }

        _lastResult = run.Status == WorkflowExecutionStatus.Completed
            ? run.History.Events[^1].WorkflowExecutionCompletedEventAttributes?.Result ?? _lastResult
            : _lastResult;
        _lastFailure = run.Status == WorkflowExecutionStatus.Failed ? run.History.Events[^1].WorkflowExecutionFailedEventAttributes.Failure
            : null;
        if (Schedule.Policies.PauseOnFailure && run.Status is WorkflowExecutionStatus.Failed or WorkflowExecutionStatus.TimedOut)
        {
            Schedule.State.Paused = true;
            Schedule.State.Notes =
                $"paused due to workflow {(run.Status == WorkflowExecutionStatus.Failed ? "failure" : "timeout")}: {run.WorkflowId}";
        }

        Start();
    }

    /// <summary>What describe tells of it.</summary>
    public ScheduleInfo Info() => new()
    {
        ActionCount = _actions,
        MissedCatchupWindow = _missed,
        OverlapSkipped = _skipped,
        BufferDropped = _dropped,
        BufferSize = _buffer.Count,
        RunningWorkflows = { _running.Select(run => run.Execution) },
        RecentActions = { _recent },
        FutureActionTimes = { Future().Select(Timestamp.FromDateTimeOffset) },
        CreateTime = Timestamp.FromDateTimeOffset(_created),
        UpdateTime = _updated is { } at ? Timestamp.FromDateTimeOffset(at) : null,
    };

    /// <summary>What a list tells of it.</summary>
    public ScheduleListEntry Entry() => new()
    {
        ScheduleId = Id,
        Memo = Memo,
        SearchAttributes = SearchAttributes,
        Info = new ScheduleListInfo
        {
            Spec = Schedule.Spec,
            WorkflowType = Schedule.Action.StartWorkflow.WorkflowType,
            Notes = Schedule.State.Notes,
            Paused = Schedule.State.Paused,
            RecentActions = { _recent.TakeLast(5) },
            FutureActionTimes = { Future().Take(5).Select(Timestamp.FromDateTimeOffset) },
        },
    };

    // Fills in what a client may leave out; the spec is kept as it is read.
    private ScheduleTimes Take(Schedule schedule)
    {
        if (schedule.Action?.StartWorkflow is null)
        {
            throw RpcErrors.InvalidArgument("schedule action is not set");
        }

        schedule.Spec ??= new ScheduleSpec();
        schedule.State ??= new();
        schedule.Policies ??= new SchedulePolicies();
        schedule.Policies.CatchupWindow ??= Duration.FromTimeSpan(DefaultCatchUp);
        ScheduleTimes times = new(schedule.Spec, Id);
        schedule.Spec = times.Canonical;
        return times;
    }

    private IEnumerable<DateTimeOffset> Future()
    {
        DateTimeOffset at = Now;
        for (int shown = 0; shown < FutureShown && Times.After(at) is { } next; shown++)
        {
            yield return next.Actual;
            at = next.Nominal;
        }
    }

    private ScheduleOverlapPolicy Policy(ScheduleOverlapPolicy wanted) => wanted != ScheduleOverlapPolicy.Unspecified ? wanted
        : Schedule.Policies.OverlapPolicy != ScheduleOverlapPolicy.Unspecified ? Schedule.Policies.OverlapPolicy
        : ScheduleOverlapPolicy.Skip;

    private void Changed()
    {
        _version++;
        _space.State.Version++;
        SetNext();
        Start();
    }

    private void SetNext()
    {
        _next?.Cancel();
        _next = Times.After(_seenUpTo) is { } next ? _space.State.Time.At(next.Actual, $"schedule {Id}", () => Ring(next.Nominal)) : null;
    }

    private void Ring(DateTimeOffset nominal)
    {
        _seenUpTo = nominal;
        if (Schedule.State.Paused || Schedule.State is { LimitedActions: true, RemainingActions: <= 0 })
        {
            // Not missed: it would not have been taken in time either.
        }
        else if (Now - nominal > CatchUp)
        {
            _missed++;
        }
        else
        {
            Buffer(new(nominal, Policy(ScheduleOverlapPolicy.Unspecified), IsManual: false));
        }

        SetNext();
        Start();
    }

    private void Buffer(BufferedAction action)
    {
        if (_buffer.Count >= MostBuffered)
        {
            _dropped++;
        }
        else
        {
            _buffer.Add(action);
        }
    }

    // Makes what the overlap policies allow now; the rest waits for a run to end, also for that of one that is ended here.
    private void Start()
    {
        List<BufferedAction> waiting = [];
        List<BufferedAction> besides = [];
        BufferedAction? next = null;
        bool isRunning = _running.Count > 0;
        foreach (BufferedAction action in _buffer)
        {
            switch (action.Overlap)
            {
                case ScheduleOverlapPolicy.AllowAll:
                    besides.Add(action);
                    break;
                case var _ when !isRunning && next is null:
                case ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther when !isRunning:
                    next = action;
                    break;
                case ScheduleOverlapPolicy.BufferAll or ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther:
                case ScheduleOverlapPolicy.BufferOne when waiting.Count == 0:
                    waiting.Add(action);
                    break;
                default:
                    _skipped++;
                    break;
            }
        }

        _buffer.Clear();
        _buffer.AddRange(waiting);
        besides.ForEach(action => Run(action, isTracked: false));
        if (next is not null)
        {
            Run(next, isTracked: true);
        }
        else if (waiting.Exists(action => action.Overlap == ScheduleOverlapPolicy.TerminateOther))
        {
            _running.ToList().ForEach(run => RunEnds.Terminate(run, $"terminated by schedule {Id}", null, "schedule"));
        }
        else if (waiting.Exists(action => action.Overlap == ScheduleOverlapPolicy.CancelOther))
        {
            _running.ForEach(run => run.RequestCancel($"cancelled by schedule {Id}", "schedule", null, 0));
        }
    }

    private void Run(BufferedAction action, bool isTracked)
    {
        if (!action.IsManual && Schedule.State.LimitedActions)
        {
            if (Schedule.State.RemainingActions <= 0)
            {
                return;
            }

            Schedule.State.RemainingActions--;
        }

        RunSpec spec = ScheduledRun.Of(this, action, _lastResult, _lastFailure);
        if (!_space.MayStart(spec.WorkflowId, WorkflowIdReusePolicy.RejectDuplicate))
        {
            return;
        }

        WorkflowRun run = _space.Start(spec);
        _actions++;
        if (isTracked)
        {
            _running.Add(run);
        }

        _recent.Add(new ScheduleActionResult
        {
            ScheduleTime = Timestamp.FromDateTimeOffset(action.Nominal),
            ActualTime = Timestamp.FromDateTimeOffset(Now),
            StartWorkflowResult = run.Execution,
            StartWorkflowStatus = run.Status,
        });
        if (_recent.Count > RecentShown)
        {
            _recent.RemoveAt(0);
        }
    }
}
