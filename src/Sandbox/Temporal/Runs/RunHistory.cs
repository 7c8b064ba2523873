using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// The events of a run. While a workflow task is being worked on, what comes from outside is kept aside, and follows its completion; what
/// ends an activity or a child then comes last, so that signals are seen before results.
/// </summary>
internal sealed class RunHistory(WorkflowRun run)
{
    // The server's own numbers begin somewhere above this; nothing reads them.
    private const long FirstTaskId = 1_048_576;

    // Events are kept as a message with a field of them, whose tag and length count.
    private const int EventTag = 1;

    private readonly List<HistoryEvent> _events = [];
    private readonly List<BufferedEvent> _buffered = [];

    /// <summary>All events that were written.</summary>
    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>The id of the next event.</summary>
    public long NextId => _events.Count + 1;

    /// <summary>The bytes of all events, as the server counts them.</summary>
    public long Size { get; private set; }

    /// <summary>Which limit of the server is broken once there are so many more events; null where none is.</summary>
    public string? BrokenBy(int more) =>
        Size > run.State.Limits.HistoryBytes ? "Workflow history size exceeds limit."
        : _events.Count + more > run.State.Limits.HistoryEvents ? "Workflow history count exceeds limit."
        : null;

    /// <summary>Whether events are kept aside.</summary>
    public bool HasBuffered => _buffered.Count > 0;

    /// <summary>What is kept aside, in order.</summary>
    public IEnumerable<HistoryEvent> Buffered => _buffered.Select(row => row.Event);

    /// <summary>Makes an event of now, without a place in the history yet.</summary>
    public HistoryEvent Make(EventType type) => new() { EventType = type, EventTime = Timestamp.FromDateTimeOffset(run.State.Time.Now) };

    /// <summary>Makes the event that a command leads to, with what the command says of itself.</summary>
    public HistoryEvent Make(EventType type, Command command)
    {
        HistoryEvent made = Make(type);
        made.UserMetadata = command.UserMetadata;
        made.EventGroupMarkers.Add(command.EventGroupMarkers);
        return made;
    }

    /// <summary>Writes an event.</summary>
    public HistoryEvent Append(HistoryEvent made)
    {
        made.EventId = NextId;
        made.TaskId = FirstTaskId + made.EventId;
        _events.Add(made);
        Size += EventTag + CodedOutputStream.ComputeMessageSize(made);
        run.Touch();
        return made;
    }

    /// <summary>Keeps an event aside until the workflow task that is being worked on is over.</summary>
    /// <param name="made">The event.</param>
    /// <param name="started">Of an event that ends something: the one that began it, whose id it carries.</param>
    public void Buffer(HistoryEvent made, HistoryEvent? started)
    {
        _buffered.Add(new(made, started));
        run.Touch();
    }

    /// <summary>Takes an event back that was kept aside; false where there is none such.</summary>
    public bool TakeBack(Predicate<HistoryEvent> isMeant) => _buffered.RemoveAll(row => isMeant(row.Event)) > 0;

    /// <summary>Writes what was kept aside.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Flush()
    {
        List<BufferedEvent> waiting = [.. _buffered.Where(row => !Ends(row.Event)), .. _buffered.Where(row => Ends(row.Event))];
        _buffered.Clear();
        foreach (BufferedEvent row in waiting)
        {
            StartedId.Set(row.Event, row.Started?.EventId);
            Append(row.Event);
        }

        return waiting.Count > 0;
    }

    /// <summary>Throws away what was kept aside: the run has ended without regard to it.</summary>
    public void DropBuffered() => _buffered.Clear();

    private static bool Ends(HistoryEvent made) => made.EventType
        is EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut
            or EventType.ActivityTaskCanceled
        or EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionTimedOut
        or EventType.ChildWorkflowExecutionCanceled or EventType.ChildWorkflowExecutionTerminated;

    private sealed record BufferedEvent(HistoryEvent Event, HistoryEvent? Started);
}
