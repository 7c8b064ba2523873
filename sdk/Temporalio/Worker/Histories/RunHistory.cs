using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Histories;

/// <summary>
/// The history that came with a workflow task, read task by task. Pages are fetched when they are needed, and enough is kept at hand to
/// look one task ahead.
/// </summary>
internal sealed class RunHistory
{
    private readonly Func<ByteString, CancellationToken, Task<HistoryPage>>? _fetch;

    // What the poll brought of a history that is fetched from its start: its end may not be stored yet.
    private readonly IReadOnlyList<HistoryEvent> _tail;
    private readonly List<HistoryEvent> _events;
    private ByteString? _nextPageToken;
    private int _head;

    private RunHistory(
        List<HistoryEvent> events,
        IReadOnlyList<HistoryEvent> tail,
        ByteString? nextPageToken,
        Func<ByteString, CancellationToken, Task<HistoryPage>>? fetch)
    {
        _events = events;
        _tail = tail;
        _nextPageToken = nextPageToken;
        _fetch = fetch;
    }

    /// <summary>No history.</summary>
    public static RunHistory Empty { get; } = new([], [], null, null) { PreviousStartedEventId = 0, StartedEventId = 0 };

    /// <summary>The id of the WorkflowTaskStarted event of the last task that was completed; 0 for none.</summary>
    public required long PreviousStartedEventId { get; init; }

    /// <summary>The id of the WorkflowTaskStarted event of the present task; 0 for a query alone.</summary>
    public required long StartedEventId { get; init; }

    /// <summary>The event after which the first update of the present task came; 0 if none came with it.</summary>
    public long UpdateSequencingEventId { get; set; }

    /// <summary>Whether the first events of the run are missing, because the worker was thought to have them.</summary>
    public bool IsPartial => _nextPageToken is not { IsEmpty: true } && (_events.Count == 0 || _events[0].EventId > 1);

    /// <summary>The first event at hand; 0 for none.</summary>
    public long FirstEventId => _events.Count == 0 ? 0 : _events[0].EventId;

    // A query alone comes when no task is under way, and only for a run that has answered one.
    private bool IsForQuery => StartedEventId == 0 && PreviousStartedEventId > 0;

    /// <summary>Whether all of the history is at hand.</summary>
    private bool IsComplete => _nextPageToken is null;

    /// <summary>The history whose first part came with a task.</summary>
    public static RunHistory FromTask(
        IReadOnlyList<HistoryEvent> events,
        long previousStartedEventId,
        long startedEventId,
        ByteString nextPageToken,
        Func<ByteString, CancellationToken, Task<HistoryPage>>? fetch) =>
        new([.. events], [], nextPageToken.IsEmpty ? null : nextPageToken, fetch)
        {
            PreviousStartedEventId = previousStartedEventId,
            StartedEventId = startedEventId,
        };

    /// <summary>The same history from its start, for a run of which only the latest part came.</summary>
    public RunHistory FromStart() =>
        new([], [.. _events], ByteString.Empty, _fetch)
        {
            PreviousStartedEventId = PreviousStartedEventId,
            StartedEventId = StartedEventId,
        };

    /// <summary>Makes sure that the next task and the one after it are at hand, as far as there are any.</summary>
    /// <param name="startedEventId">The end of the last task that was read.</param>
    /// <param name="cancellationToken">Cancels fetching.</param>
    /// <exception cref="InvalidWorkflowOperationException">The history ends before the present task.</exception>
    public async ValueTask PrepareAsync(long startedEventId, CancellationToken cancellationToken)
    {
        while (!IsComplete && !HasTwoTasks(startedEventId))
        {
            await FetchAsync(cancellationToken);
        }
    }

    /// <summary>Takes the events of the next task; none if there is no further task.</summary>
    /// <param name="startedEventId">The end of the last task that was read.</param>
    public HistorySequence Take(long startedEventId)
    {
        HistorySequence sequence = Next(startedEventId, out int end);
        _head = Math.Max(_head, end);
        return sequence;
    }

    /// <summary>The events of the task after the one that was taken.</summary>
    /// <param name="startedEventId">The end of the last task that was read.</param>
    public HistorySequence Peek(long startedEventId) => Next(startedEventId, out _);

    /// <summary>The completion of the next task at or after an event that was taken; null if there is none at hand.</summary>
    /// <param name="eventId">The event.</param>
    public WorkflowTaskCompletedEventAttributes? NextTaskCompleted(long eventId)
    {
        for (int i = _head; i < _events.Count; i++)
        {
            if (_events[i].EventId >= eventId && _events[i].EventType == EventType.WorkflowTaskCompleted)
            {
                return _events[i].WorkflowTaskCompletedEventAttributes;
            }
        }

        return null;
    }

    private HistorySequence Next(long startedEventId, out int end)
    {
        int start = SkipTo(startedEventId);
        int remaining = _events.Count - start;
        int? found = WorkflowTaskCut.FindEnd(_events, start, startedEventId, IsComplete);
        if (UpdateSequencingEventId > 0 && IsComplete && (found is null || found == _events.Count - 1))
        {
            found = WorkflowTaskCut.FindEndBeforeUpdate(_events, start, _events.Count - 1, startedEventId, UpdateSequencingEventId) ?? found;
        }

        if (found is { } last)
        {
            end = last + 1;
            return new(_events, start, end - start, IsComplete && end == _events.Count);
        }

        // A single event can only be the completion of the last task, which changes nothing.
        bool over = remaining <= 1;
        end = over ? start : IsForQuery ? EndOfAnswer(start) : _events.Count;
        return new(_events, start, end - start, isLast: true);
    }

    /// <summary>
    /// The index after the last task that was answered, and after what its answer brought about. What the server adds after that, between
    /// the query and the reading of the history, belongs to a task of its own: a query that saw it would be ahead of the run, and the run
    /// would do in it, at the time of the task before, what it has yet to do.
    /// </summary>
    private int EndOfAnswer(int start)
    {
        int end = start;
        while (end < _events.Count && IsOfAnswer(_events[end]))
        {
            end++;
        }

        return end;
    }

    // A task that brought nothing about is not cut off from what follows, so its own events may be among these.
    private bool IsOfAnswer(HistoryEvent e) =>
        e.EventId <= PreviousStartedEventId || e.EventType == EventType.WorkflowTaskCompleted || e.IsCommandEvent();

    private int SkipTo(long startedEventId)
    {
        int start = _head;
        while (start < _events.Count && _events[start].EventId <= startedEventId)
        {
            start++;
        }

        return start;
    }

    private bool HasTwoTasks(long startedEventId)
    {
        int start = SkipTo(startedEventId);
        return WorkflowTaskCut.FindEnd(_events, start, startedEventId, isComplete: false) is { } first
            && WorkflowTaskCut.FindEnd(_events, first + 1, _events[first].EventId, isComplete: false) is not null;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        HistoryPage page = await _fetch!(_nextPageToken!, cancellationToken);
        _nextPageToken = page.NextPageToken.IsEmpty ? null : page.NextPageToken;
        _events.RemoveRange(0, _head);
        _head = 0;
        Append(page.Events);
        if (!IsComplete)
        {
            return;
        }

        Append(_tail);
        long last = _events.Count == 0 ? 0 : _events[^1].EventId;
        if (last < StartedEventId)
        {
            throw new InvalidWorkflowOperationException(
                $"The history ends with event {last}, before the workflow task that started with event {StartedEventId}.");
        }
    }

    private void Append(IReadOnlyList<HistoryEvent> events)
    {
        long last = _events.Count == 0 ? 0 : _events[^1].EventId;
        foreach (HistoryEvent e in events)
        {
            if (e.EventId > last)
            {
                _events.Add(e);
            }
        }
    }
}
