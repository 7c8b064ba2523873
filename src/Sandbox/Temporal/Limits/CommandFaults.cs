using Orchestrator.Sandbox.Temporal.Runs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Limits;

/// <summary>What of a command is too long or too large, in the words of the real server; null where nothing is.</summary>
internal static class CommandFaults
{
    /// <summary>An id or a name that is too long fails the workflow task: the code can be mended.</summary>
    public static (WorkflowTaskFailedCause Cause, string Sentence)? OfNames(WorkflowRun run, Command command) => command switch
    {
        { ScheduleActivityTaskCommandAttributes: { } activity } =>
            Named(WorkflowTaskFailedCause.BadScheduleActivityAttributes, "activityId", activity.ActivityId)
            ?? Named(WorkflowTaskFailedCause.BadScheduleActivityAttributes, "activityType", activity.ActivityType.Name)
            ?? (Sizes.IsTooLong(activity.TaskQueue?.Name)
                ? (WorkflowTaskFailedCause.BadScheduleActivityAttributes, "taskQueue length exceeds limit") : null),
        { StartTimerCommandAttributes: { } timer } => Long(
            WorkflowTaskFailedCause.BadStartTimerAttributes, "TimerId on StartTimerCommand", timer.TimerId,
            $"TimerId={timer.TimerId}"),
        { RecordMarkerCommandAttributes: { } marker } => Long(
            WorkflowTaskFailedCause.BadRecordMarkerAttributes, "MarkerName on RecordMarkerCommand", marker.MarkerName,
            $"MarkerName={marker.MarkerName}"),
        { StartChildWorkflowExecutionCommandAttributes: { } child } =>
            Long(WorkflowTaskFailedCause.BadStartChildExecutionAttributes, "WorkflowId on StartChildWorkflowExecutionCommand",
                child.WorkflowId, $"WorkflowId={child.WorkflowId}", $" WorkflowType={child.WorkflowType.Name} Namespace={run.Space.Name}")
            ?? Long(WorkflowTaskFailedCause.BadStartChildExecutionAttributes, "WorkflowType on StartChildWorkflowExecutionCommand",
                child.WorkflowType.Name, $"WorkflowId={child.WorkflowId} WorkflowType={child.WorkflowType.Name}",
                $" Namespace={run.Space.Name}"),
        { SignalExternalWorkflowExecutionCommandAttributes: { } signal } => Long(
            WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes, "WorkflowId on SignalExternalWorkflowExecutionCommand",
            signal.Execution.WorkflowId, $"WorkflowId={signal.Execution.WorkflowId}",
            $" Namespace={signal.Namespace} RunId={signal.Execution.RunId} SignalName={signal.SignalName}"),
        { RequestCancelExternalWorkflowExecutionCommandAttributes: { } cancel } => Long(
            WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
            "WorkflowId on RequestCancelExternalWorkflowExecutionCommand", cancel.WorkflowId, $"WorkflowId={cancel.WorkflowId}",
            $" RunId={cancel.RunId} Namespace={cancel.Namespace}"),
        { ContinueAsNewWorkflowExecutionCommandAttributes: { } next } =>
            Long(WorkflowTaskFailedCause.BadContinueAsNewAttributes, "WorkflowType on ContinueAsNewWorkflowExecutionCommand",
                next.WorkflowType?.Name, $"WorkflowType={next.WorkflowType?.Name}")
            ?? (Sizes.IsTooLong(next.TaskQueue?.Name)
                ? (WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                    "error validating ContinueAsNewWorkflowExecutionCommand TaskQueue: taskQueue length exceeds limit. " +
                    $"WorkflowType={next.WorkflowType?.Name} TaskQueue={next.TaskQueue!.Name}")
                : null),
        _ => null,
    };

    /// <summary>A payload that is too large ends the run: the next try would only send it again.</summary>
    public static (WorkflowTaskFailedCause Cause, string Sentence)? OfPayloads(WorkflowRun run, Command command) => command switch
    {
        { ScheduleActivityTaskCommandAttributes: { } activity } => Large(
            Sizes.IsTooLarge(activity.Input), WorkflowTaskFailedCause.BadScheduleActivityAttributes,
            "ScheduleActivityTaskCommandAttributes.Input"),

        // The real server names this cause as well.
        { CompleteWorkflowExecutionCommandAttributes: { } end } => Large(
            Sizes.IsTooLarge(end.Result), WorkflowTaskFailedCause.BadScheduleActivityAttributes,
            "CompleteWorkflowExecutionCommandAttributes.Result"),
        { FailWorkflowExecutionCommandAttributes: { } end } => Large(
            Sizes.IsTooLarge(end.Failure), WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes,
            "FailWorkflowExecutionCommandAttributes.Failure"),
        { RecordMarkerCommandAttributes: { } marker } => Large(
            marker.Details.Sum(detail => Sizes.Bytes(detail.Key) + detail.Value.CalculateSize()) > Sizes.Blob,
            WorkflowTaskFailedCause.BadRecordMarkerAttributes, "RecordMarkerCommandAttributes.Details"),
        { StartChildWorkflowExecutionCommandAttributes: { } child } =>
            Large(Sizes.IsTooLarge(child.Input), WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes. Input")
            ?? Large(Sizes.IsTooLarge(child.Memo), WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes.Memo")
            ?? Large(WorkflowTaskFailedCause.BadStartChildExecutionAttributes, child.SearchAttributes),
        { SignalExternalWorkflowExecutionCommandAttributes: { } signal } => Large(
            Sizes.IsTooLarge(signal.Input), WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            "SignalExternalWorkflowExecutionCommandAttributes.Input"),
        { ContinueAsNewWorkflowExecutionCommandAttributes: { } next } =>
            Large(Sizes.IsTooLarge(next.Input), WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                "ContinueAsNewWorkflowExecutionCommandAttributes. Input")
            ?? Large(Sizes.IsTooLarge(next.Memo), WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                "ContinueAsNewWorkflowExecutionCommandAttributes. Memo")
            ?? Large(WorkflowTaskFailedCause.BadContinueAsNewAttributes, next.SearchAttributes),
        { UpsertWorkflowSearchAttributesCommandAttributes: { } upsert } =>
            Large(WorkflowTaskFailedCause.BadSearchAttributes, Together(run.SearchAttributes, upsert.SearchAttributes)),
        { ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo: { } memo } =>
            Large(Sizes.IsTooLarge(memo), WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes,
                "ModifyWorkflowPropertiesCommandAttributes")
            ?? Large(Sizes.IsTooLarge(Together(run.Memo, memo)), WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes,
                "ModifyWorkflowPropertiesCommandAttributes. Memo"),
        _ => null,
    };

    private static (WorkflowTaskFailedCause, string)? Named(WorkflowTaskFailedCause cause, string what, string id) =>
        Sizes.IsTooLong(id) ? (cause, $"{what} exceeds length limit. Length={Sizes.Bytes(id)} Limit={Sizes.Id}") : null;

    private static (WorkflowTaskFailedCause, string)? Long(
        WorkflowTaskFailedCause cause, string what, string? id, string whose, string more = "") =>
        Sizes.IsTooLong(id)
            ? (cause, $"{what} exceeds length limit. {whose} Length={Sizes.Bytes(id)} Limit={Sizes.Id}{more}") : null;

    private static (WorkflowTaskFailedCause, string)? Large(bool isTooLarge, WorkflowTaskFailedCause cause, string what) =>
        isTooLarge ? (cause, $"{what} exceeds size limit.") : null;

    private static (WorkflowTaskFailedCause, string)? Large(WorkflowTaskFailedCause cause, SearchAttributes? attributes) =>
        Sizes.Fault(attributes) is { } fault ? (cause, fault) : null;

    private static SearchAttributes Together(SearchAttributes has, SearchAttributes? gets)
    {
        SearchAttributes all = has.Clone();
        all.MergeFrom(gets ?? new());
        return all;
    }

    private static Memo Together(Memo has, Memo gets)
    {
        Memo all = has.Clone();
        all.MergeFrom(gets);
        return all;
    }
}
