using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Machines;

namespace Temporalio.Worker.Histories;

/// <summary>Events in error texts.</summary>
internal static class EventText
{
    /// <summary>The event with its id and what tells it from others of its type: "event 5 ActivityTaskScheduled (Roll, id 1)".</summary>
    public static string Of(HistoryEvent e) => $"event {e.EventId} {e.EventType}{Details(e)}";

    private static string Details(HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskScheduled =>
            $" ({e.ActivityTaskScheduledEventAttributes.ActivityType?.Name}, id {e.ActivityTaskScheduledEventAttributes.ActivityId})",
        EventType.TimerStarted => $" (id {e.TimerStartedEventAttributes.TimerId})",
        EventType.TimerFired => $" (id {e.TimerFiredEventAttributes.TimerId})",
        EventType.TimerCanceled => $" (id {e.TimerCanceledEventAttributes.TimerId})",
        EventType.StartChildWorkflowExecutionInitiated =>
            $" ({e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType?.Name}, " +
            $"id {e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowId})",
        EventType.SignalExternalWorkflowExecutionInitiated =>
            $" ({e.SignalExternalWorkflowExecutionInitiatedEventAttributes.SignalName} to " +
            $"{e.SignalExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution?.WorkflowId})",
        EventType.RequestCancelExternalWorkflowExecutionInitiated =>
            $" (of {e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.WorkflowExecution?.WorkflowId})",
        EventType.WorkflowExecutionUpdateAccepted =>
            $" (update {e.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId})",
        EventType.WorkflowExecutionUpdateCompleted =>
            $" (update {e.WorkflowExecutionUpdateCompletedEventAttributes.Meta?.UpdateId})",
        EventType.MarkerRecorded when PatchMarker.Of(e) is { } patch => $" (patch {patch.Id})",
        EventType.MarkerRecorded => $" ({e.MarkerRecordedEventAttributes.MarkerName})",
        _ => string.Empty,
    };
}
