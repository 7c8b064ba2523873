using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The id of the event that began an activity or a child, as the event that ends it carries it.</summary>
internal static class StartedId
{
    /// <summary>Sets it, now that the beginning has a place in the history; null leaves the event as it is.</summary>
    public static void Set(HistoryEvent end, long? id)
    {
        if (id is not { } started)
        {
            return;
        }

        switch (end.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                end.ActivityTaskCompletedEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                end.ActivityTaskFailedEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                end.ActivityTaskTimedOutEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                end.ActivityTaskCanceledEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                end.ChildWorkflowExecutionCompletedEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                end.ChildWorkflowExecutionFailedEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                end.ChildWorkflowExecutionTimedOutEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                end.ChildWorkflowExecutionCanceledEventAttributes.StartedEventId = started;
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                end.ChildWorkflowExecutionTerminatedEventAttributes.StartedEventId = started;
                break;
            default:
                break;
        }
    }
}
