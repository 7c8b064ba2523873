using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Worker.Machines;

/// <summary>A command that waits for its event: it goes out with the answer to the task, or was sent when the history was made.</summary>
/// <param name="Command">The command.</param>
/// <param name="Machine">Whose command it is.</param>
internal readonly record struct QueuedCommand(Command Command, CommandMachine Machine)
{
    /// <summary>The type of the event that the server writes for the command.</summary>
    public bool Fits(EventType type) => Command.CommandType switch
    {
        CommandType.ScheduleActivityTask => type == EventType.ActivityTaskScheduled,
        CommandType.RequestCancelActivityTask => type == EventType.ActivityTaskCancelRequested,
        CommandType.StartTimer => type == EventType.TimerStarted,
        CommandType.CancelTimer => type == EventType.TimerCanceled,
        CommandType.StartChildWorkflowExecution => type == EventType.StartChildWorkflowExecutionInitiated,
        CommandType.SignalExternalWorkflowExecution => type == EventType.SignalExternalWorkflowExecutionInitiated,
        CommandType.RequestCancelExternalWorkflowExecution => type == EventType.RequestCancelExternalWorkflowExecutionInitiated,
        CommandType.RecordMarker => type == EventType.MarkerRecorded,
        CommandType.UpsertWorkflowSearchAttributes => type == EventType.UpsertWorkflowSearchAttributes,
        CommandType.ModifyWorkflowProperties => type == EventType.WorkflowPropertiesModified,
        CommandType.ProtocolMessage =>
            type is EventType.WorkflowExecutionUpdateAccepted or EventType.WorkflowExecutionUpdateCompleted,
        CommandType.CompleteWorkflowExecution => type == EventType.WorkflowExecutionCompleted,
        CommandType.FailWorkflowExecution => type == EventType.WorkflowExecutionFailed,
        CommandType.CancelWorkflowExecution => type == EventType.WorkflowExecutionCanceled,
        CommandType.ContinueAsNewWorkflowExecution => type == EventType.WorkflowExecutionContinuedAsNew,
        _ => false,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Command.CommandType} for {Machine}";
}
