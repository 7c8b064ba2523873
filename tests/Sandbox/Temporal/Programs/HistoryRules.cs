using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>What holds in every history, whatever the moment at which something was done.</summary>
internal static class HistoryRules
{
    /// <summary>The rules that a history breaks, a line each.</summary>
    public static IEnumerable<string> Broken(History history)
    {
        List<HistoryEvent> events = [.. history.Events];
        for (int at = 0; at < events.Count; at++)
        {
            if (events[at].EventId != at + 1)
            {
                yield return $"event {at + 1} has the id {events[at].EventId}";
            }
        }

        foreach (HistoryEvent made in events)
        {
            foreach ((string what, long id, EventType type) in References(made))
            {
                if (id < 1 || id >= made.EventId || events[(int)id - 1].EventType != type)
                {
                    yield return $"{made.EventType} {made.EventId}: its {what} {id} is not {type}";
                }
            }
        }

        foreach (IGrouping<(EventType, long), HistoryEvent> ends in events.Where(made => Ended(made) > 0)
            .GroupBy(made => (Kind(made.EventType), Ended(made))).Where(group => group.Count() > 1))
        {
            yield return $"{ends.Key} ended {ends.Count()} times";
        }
    }

    private static IEnumerable<(string What, long Id, EventType Type)> References(HistoryEvent made)
    {
        if (made.WorkflowTaskStartedEventAttributes is { } started)
        {
            yield return ("scheduling", started.ScheduledEventId, EventType.WorkflowTaskScheduled);
        }

        if (made.WorkflowTaskCompletedEventAttributes is { } completed)
        {
            yield return ("start", completed.StartedEventId, EventType.WorkflowTaskStarted);
        }

        if (made.ActivityTaskStartedEventAttributes is { } activity)
        {
            yield return ("scheduling", activity.ScheduledEventId, EventType.ActivityTaskScheduled);
        }

        if (made.ActivityTaskCompletedEventAttributes is { } done)
        {
            yield return ("start", done.StartedEventId, EventType.ActivityTaskStarted);
            yield return ("scheduling", done.ScheduledEventId, EventType.ActivityTaskScheduled);
        }

        if (made.TimerFiredEventAttributes is { } fired)
        {
            yield return ("start", fired.StartedEventId, EventType.TimerStarted);
        }

        if (made.ChildWorkflowExecutionStartedEventAttributes is { } child)
        {
            yield return ("initiation", child.InitiatedEventId, EventType.StartChildWorkflowExecutionInitiated);
        }

        if (made.WorkflowExecutionUpdateCompletedEventAttributes is { } update)
        {
            yield return ("acceptance", update.AcceptedEventId, EventType.WorkflowExecutionUpdateAccepted);
        }
    }

    private static long Ended(HistoryEvent made) =>
        made.ActivityTaskCompletedEventAttributes?.ScheduledEventId ?? made.ActivityTaskFailedEventAttributes?.ScheduledEventId
        ?? made.ActivityTaskTimedOutEventAttributes?.ScheduledEventId ?? made.ActivityTaskCanceledEventAttributes?.ScheduledEventId
        ?? made.TimerFiredEventAttributes?.StartedEventId ?? made.TimerCanceledEventAttributes?.StartedEventId
        ?? made.WorkflowTaskCompletedEventAttributes?.ScheduledEventId
        ?? made.WorkflowExecutionUpdateCompletedEventAttributes?.AcceptedEventId ?? 0;

    private static EventType Kind(EventType type) => type switch
    {
        EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled => EventType.ActivityTaskCompleted,
        EventType.TimerCanceled => EventType.TimerFired,
        _ => type,
    };
}
