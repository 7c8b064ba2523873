using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Worker.Histories;

namespace Temporalio.Tests.Interop;

/// <summary>
/// Commands in words, so that those that code makes and those that a history mirrors can be compared. Ids that differ from run to run are
/// left out.
/// </summary>
internal static class CommandText
{
    /// <summary>The commands that a history mirrors, in order.</summary>
    public static IEnumerable<string> Of(IEnumerable<HistoryEvent> events) => events.Where(e => e.IsCommandEvent()).Select(Of);

    /// <summary>A command of workflow code.</summary>
    public static string Of(Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => $"activity {command.ScheduleActivityTaskCommandAttributes.ActivityType.Name}{Summary(command.UserMetadata?.Summary)}",
        CommandType.RequestCancelActivityTask => "cancel activity",
        CommandType.StartTimer => $"timer {command.StartTimerCommandAttributes.StartToFireTimeout.ToTimeSpan()}{Summary(command.UserMetadata?.Summary)}",
        CommandType.CancelTimer => "cancel timer",
        CommandType.StartChildWorkflowExecution => Child(
            command.StartChildWorkflowExecutionCommandAttributes.WorkflowType, command.StartChildWorkflowExecutionCommandAttributes.ParentClosePolicy),
        CommandType.SignalExternalWorkflowExecution => $"signal {command.SignalExternalWorkflowExecutionCommandAttributes.SignalName}",
        CommandType.RequestCancelExternalWorkflowExecution =>
            Cancel(command.RequestCancelExternalWorkflowExecutionCommandAttributes.ChildWorkflowOnly),
        CommandType.RecordMarker => $"marker {command.RecordMarkerCommandAttributes.MarkerName}",
        CommandType.UpsertWorkflowSearchAttributes =>
            Keys("label", command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes?.IndexedFields.Keys),
        CommandType.ModifyWorkflowProperties => Keys("memo", command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo?.Fields.Keys),
        CommandType.ProtocolMessage => $"{command.ProtocolMessageCommandAttributes.MessageId.Split('/')[^1]} update",
        CommandType.CompleteWorkflowExecution => $"complete {Json(command.CompleteWorkflowExecutionCommandAttributes.Result)}",
        CommandType.FailWorkflowExecution => $"fail {command.FailWorkflowExecutionCommandAttributes.Failure.Message}",
        CommandType.CancelWorkflowExecution => "cancel",
        CommandType.ContinueAsNewWorkflowExecution => $"continue {Json(command.ContinueAsNewWorkflowExecutionCommandAttributes.Input)}",
        _ => command.CommandType.ToString(),
    };

    private static string Of(HistoryEvent e) => e.EventType switch
    {
        EventType.ActivityTaskScheduled => $"activity {e.ActivityTaskScheduledEventAttributes.ActivityType.Name}{Summary(e.UserMetadata?.Summary)}",
        EventType.ActivityTaskCancelRequested => "cancel activity",
        EventType.TimerStarted => $"timer {e.TimerStartedEventAttributes.StartToFireTimeout.ToTimeSpan()}{Summary(e.UserMetadata?.Summary)}",
        EventType.TimerCanceled => "cancel timer",
        EventType.StartChildWorkflowExecutionInitiated => Child(
            e.StartChildWorkflowExecutionInitiatedEventAttributes.WorkflowType, e.StartChildWorkflowExecutionInitiatedEventAttributes.ParentClosePolicy),
        EventType.SignalExternalWorkflowExecutionInitiated => $"signal {e.SignalExternalWorkflowExecutionInitiatedEventAttributes.SignalName}",
        EventType.RequestCancelExternalWorkflowExecutionInitiated =>
            Cancel(e.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.ChildWorkflowOnly),
        EventType.MarkerRecorded => $"marker {e.MarkerRecordedEventAttributes.MarkerName}",
        EventType.UpsertWorkflowSearchAttributes =>
            Keys("label", e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes?.IndexedFields.Keys),
        EventType.WorkflowPropertiesModified => Keys("memo", e.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo?.Fields.Keys),
        EventType.WorkflowExecutionUpdateAccepted => "accept update",
        EventType.WorkflowExecutionUpdateCompleted => "complete update",
        EventType.WorkflowExecutionCompleted => $"complete {Json(e.WorkflowExecutionCompletedEventAttributes.Result)}",
        EventType.WorkflowExecutionFailed => $"fail {e.WorkflowExecutionFailedEventAttributes.Failure.Message}",
        EventType.WorkflowExecutionCanceled => "cancel",
        EventType.WorkflowExecutionContinuedAsNew => $"continue {Json(e.WorkflowExecutionContinuedAsNewEventAttributes.Input)}",
        _ => e.EventType.ToString(),
    };

    private static string Child(WorkflowType type, ParentClosePolicy policy) =>
        $"child {type.Name}, {(policy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : policy)}";

    private static string Cancel(bool childOnly) => childOnly ? "cancel child" : "cancel workflow";

    private static string Keys(string what, IEnumerable<string>? keys) => $"{what} {string.Join(' ', (keys ?? []).Order(StringComparer.Ordinal))}";

    private static string Summary(Payload? summary) => summary is null ? string.Empty : $" ({summary.Data.ToStringUtf8()})";

    private static string Json(Payloads? payloads) => string.Join(' ', (payloads?.Payloads_ ?? []).Select(payload => payload.Data.ToStringUtf8()));
}
