using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Histories;

/// <summary>
/// Cuts a history into workflow tasks as the workflow saw them. A task ends with its WorkflowTaskStarted event; attempts that failed or
/// timed out, and tasks whose completion brought nothing about, belong to the task that follows.
/// </summary>
internal static class WorkflowTaskCut
{
    /// <summary>The index of a task's last event; null if it cannot be told from the events at hand.</summary>
    /// <param name="events">The events.</param>
    /// <param name="start">The index to begin at.</param>
    /// <param name="afterEventId">Events up to this id were part of earlier tasks.</param>
    /// <param name="isComplete">Whether the history ends with these events.</param>
    public static int? FindEnd(List<HistoryEvent> events, int start, long afterEventId, bool isComplete)
    {
        bool sawCommand = false;
        bool sawCommandOrStart = false;
        for (int i = start; i < events.Count; i++)
        {
            HistoryEvent e = events[i];
            if (e.EventId <= afterEventId)
            {
                continue;
            }

            sawCommand |= e.IsCommandEvent();
            sawCommandOrStart |= sawCommand || e.EventType == EventType.WorkflowExecutionStarted;
            if (e.IsTerminal())
            {
                return i;
            }

            if (e.EventType != EventType.WorkflowTaskStarted)
            {
                continue;
            }

            // What a started task is can only be told from the two events after it.
            if (!isComplete && i + 2 >= events.Count)
            {
                return null;
            }

            Verdict verdict = Judge(events, i, sawCommand);
            if (verdict == Verdict.Completed)
            {
                return EndBeforeUpdate(events, start, i, afterEventId) ?? i;
            }

            if (verdict == Verdict.Open && sawCommandOrStart)
            {
                return i;
            }
        }

        return null;
    }

    private static Verdict Judge(List<HistoryEvent> events, int started, bool sawCommand)
    {
        if (IsFailed(events, started))
        {
            return Verdict.Failed;
        }

        if (started + 2 >= events.Count || events[started + 1].EventType != EventType.WorkflowTaskCompleted)
        {
            return Verdict.Open;
        }

        return !sawCommand && events[started + 2].EventType == EventType.WorkflowTaskScheduled ? Verdict.Heartbeat : Verdict.Completed;
    }

    private static bool IsFailed(List<HistoryEvent> events, int started) =>
        started + 1 < events.Count && events[started + 1].EventType is
            EventType.WorkflowTaskFailed
            or EventType.WorkflowTaskTimedOut
            or EventType.WorkflowExecutionTimedOut
            or EventType.WorkflowExecutionTerminated
            or EventType.WorkflowExecutionCanceled;

    /// <summary>
    /// The end of the task before an update came. That task may look like a heartbeat; the update must still see what it brought about.
    /// </summary>
    /// <param name="events">The events.</param>
    /// <param name="start">The index to begin at.</param>
    /// <param name="end">The index of the last event that may be it.</param>
    /// <param name="afterEventId">Events up to this id were part of earlier tasks.</param>
    /// <param name="sequencingEventId">The event after which the update came.</param>
    /// <returns>The index of the task's last event; null if the update came with the first task of these events.</returns>
    public static int? FindEndBeforeUpdate(List<HistoryEvent> events, int start, int end, long afterEventId, long sequencingEventId)
    {
        for (int i = end; i >= start && events[i].EventId > afterEventId; i--)
        {
            if (events[i].EventType == EventType.WorkflowTaskStarted && events[i].EventId < sequencingEventId && !IsFailed(events, i))
            {
                return i;
            }
        }

        return null;
    }

    private static int? EndBeforeUpdate(List<HistoryEvent> events, int start, int started, long afterEventId)
    {
        HistoryEvent next = events[started + 2];
        return next.EventType == EventType.WorkflowExecutionUpdateAccepted
            ? FindEndBeforeUpdate(
                events, start, started, afterEventId, next.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequestSequencingEventId)
            : null;
    }

    private enum Verdict
    {
        /// <summary>The attempt failed; the next one counts.</summary>
        Failed,

        /// <summary>The task was completed without a command and followed at once by the next; the workflow saw nothing of it.</summary>
        Heartbeat,

        /// <summary>The task was completed.</summary>
        Completed,

        /// <summary>The task is the one under way, or what follows is no part of it.</summary>
        Open,
    }
}
