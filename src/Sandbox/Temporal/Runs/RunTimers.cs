using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The timers of a run that have not fired.</summary>
internal sealed class RunTimers(WorkflowRun run)
{
    private readonly Dictionary<string, (long StartedId, Alarm Alarm)> _open = new(StringComparer.Ordinal);

    /// <summary>Their ids, and when they fire.</summary>
    public IEnumerable<(string Id, DateTimeOffset Fires)> Open => _open.Select(timer => (timer.Key, timer.Value.Alarm.At));

    /// <summary>Whether an id is in use.</summary>
    public bool Has(string timerId) => _open.ContainsKey(timerId);

    /// <summary>Starts one.</summary>
    public void Start(Command command, long completedId)
    {
        string id = command.StartTimerCommandAttributes.TimerId;
        TimeSpan time = command.StartTimerCommandAttributes.StartToFireTimeout.ToTimeSpan();
        HistoryEvent started = run.History.Make(EventType.TimerStarted, command);
        started.TimerStartedEventAttributes = new()
        {
            TimerId = id, StartToFireTimeout = Duration.FromTimeSpan(time), WorkflowTaskCompletedEventId = completedId,
        };
        long startedId = run.History.Append(started).EventId;
        _open[id] = (startedId, run.State.Time.After(time, $"timer {id} of {run.WorkflowId}", () => Fire(id, startedId)));
    }

    /// <summary>Cancels one. One that has fired unseen has not fired.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Cancel(Command command, long completedId, string identity)
    {
        string timerId = command.CancelTimerCommandAttributes.TimerId;
        long startedId;
        if (_open.Remove(timerId, out (long StartedId, Alarm Alarm) timer))
        {
            timer.Alarm.Cancel();
            startedId = timer.StartedId;
        }
        else if (run.History.Buffered.FirstOrDefault(IsItsFiring) is { } fired)
        {
            startedId = fired.TimerFiredEventAttributes.StartedEventId;
            run.History.TakeBack(IsItsFiring);
        }
        else
        {
            return false;
        }

        HistoryEvent canceled = run.History.Make(EventType.TimerCanceled, command);
        canceled.TimerCanceledEventAttributes = new()
        {
            TimerId = timerId, StartedEventId = startedId, WorkflowTaskCompletedEventId = completedId, Identity = identity,
        };
        run.History.Append(canceled);
        return true;

        bool IsItsFiring(HistoryEvent made) => made.TimerFiredEventAttributes?.TimerId == timerId;
    }

    /// <summary>Whether a cancel of this id would find a timer.</summary>
    public bool CanCancel(string timerId) =>
        Has(timerId) || run.History.Buffered.Any(made => made.TimerFiredEventAttributes?.TimerId == timerId);

    /// <summary>Brings them to where they are after an event of the run whose history is taken over; their time begins anew.</summary>
    public void Restore(HistoryEvent made)
    {
        if (made.TimerStartedEventAttributes is { } started)
        {
            TimeSpan time = started.StartToFireTimeout.ToTimeSpan();
            _open[started.TimerId] = (
                made.EventId, run.State.Time.After(time, $"timer {started.TimerId} of {run.WorkflowId}", () =>
                    Fire(started.TimerId, made.EventId)));
        }

        string over = made.TimerFiredEventAttributes?.TimerId ?? made.TimerCanceledEventAttributes?.TimerId ?? "";
        if (_open.Remove(over, out (long StartedId, Alarm Alarm) timer))
        {
            timer.Alarm.Cancel();
        }
    }

    /// <summary>Forgets all: the run is closed.</summary>
    public void Clear()
    {
        foreach ((_, Alarm alarm) in _open.Values)
        {
            alarm.Cancel();
        }

        _open.Clear();
    }

    private void Fire(string id, long startedId)
    {
        _open.Remove(id);
        HistoryEvent fired = run.History.Make(EventType.TimerFired);
        fired.TimerFiredEventAttributes = new() { TimerId = id, StartedEventId = startedId };
        run.Add(fired);
    }
}
