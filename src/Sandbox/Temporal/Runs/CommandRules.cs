using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Limits;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>What is wrong with a command.</summary>
/// <param name="Cause">Of the failure of the workflow task.</param>
/// <param name="Sentence">What, in words.</param>
/// <param name="EndsRun">Whether the run is terminated for it. Default: false, the workflow task is tried again.</param>
internal sealed record CommandFault(WorkflowTaskFailedCause Cause, string Sentence, bool EndsRun = false);

/// <summary>What is wrong with the commands of a workflow task. All are checked before any is done, so that none is done by half.</summary>
internal static class CommandRules
{
    /// <summary>The first command that breaks a rule.</summary>
    /// <returns>What is wrong with it; null where all are as they should be.</returns>
    public static CommandFault? Check(WorkflowRun run, IReadOnlyList<Command> commands,
        IReadOnlyDictionary<string, Message> messages)
    {
        HashSet<string> activities = new(StringComparer.Ordinal);
        HashSet<string> timers = new(StringComparer.Ordinal);
        HashSet<string> cancelled = new(StringComparer.Ordinal);
        PendingCounts pending = new(run);
        foreach (Command command in commands)
        {
            (WorkflowTaskFailedCause Cause, string Sentence)? wrong = command.CommandType switch
            {
                CommandType.ScheduleActivityTask => Activity(run, command.ScheduleActivityTaskCommandAttributes, activities),
                CommandType.RequestCancelActivityTask => CancelActivity(run, command.RequestCancelActivityTaskCommandAttributes),
                CommandType.StartTimer => Timer(run, command.StartTimerCommandAttributes, timers, cancelled),
                CommandType.CancelTimer => CancelTimer(run, command.CancelTimerCommandAttributes, timers, cancelled),
                CommandType.RecordMarker => command.RecordMarkerCommandAttributes is { MarkerName.Length: > 0 }
                    ? null : (WorkflowTaskFailedCause.BadRecordMarkerAttributes, "MarkerName is not set on RecordMarkerCommand."),
                CommandType.StartChildWorkflowExecution => Child(command.StartChildWorkflowExecutionCommandAttributes)
                    ?? Attributes(run, command.StartChildWorkflowExecutionCommandAttributes.SearchAttributes),
                CommandType.SignalExternalWorkflowExecution => Signal(command.SignalExternalWorkflowExecutionCommandAttributes),
                CommandType.RequestCancelExternalWorkflowExecution =>
                    command.RequestCancelExternalWorkflowExecutionCommandAttributes is { WorkflowId.Length: > 0 }
                    ? null : (WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
                        "WorkflowId is not set on RequestCancelExternalWorkflowExecutionCommand."),
                CommandType.UpsertWorkflowSearchAttributes =>
                    command.UpsertWorkflowSearchAttributesCommandAttributes?.SearchAttributes is not { IndexedFields.Count: > 0 } set
                    ? (WorkflowTaskFailedCause.BadSearchAttributes,
                        "IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.")
                    : Attributes(run, set),
                CommandType.FailWorkflowExecution => command.FailWorkflowExecutionCommandAttributes?.Failure is null
                    ? (WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, "Failure is not set on FailWorkflowExecutionCommand.")
                        : null,
                CommandType.ContinueAsNewWorkflowExecution => command.ContinueAsNewWorkflowExecutionCommandAttributes is null
                    ? (WorkflowTaskFailedCause.BadContinueAsNewAttributes, "ContinueAsNewWorkflowExecutionCommandAttributes is not set.")
                    : Attributes(run, command.ContinueAsNewWorkflowExecutionCommandAttributes.SearchAttributes),
                CommandType.ModifyWorkflowProperties => command.ModifyWorkflowPropertiesCommandAttributes?.UpsertedMemo is null
                    ? (WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes,
                        "UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.")
                    : null,
                CommandType.ProtocolMessage => messages.ContainsKey(command.ProtocolMessageCommandAttributes?.MessageId ?? "")
                    ? null : (WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage,
                        $"ProtocolMessageCommand referenced absent message ID {command.ProtocolMessageCommandAttributes?.MessageId}"),
                CommandType.CompleteWorkflowExecution or CommandType.CancelWorkflowExecution => null,
                _ => (WorkflowTaskFailedCause.FeatureDisabled,
                    $"{command.CommandType} is not supported by the development server of the sandbox."),
            };
            if ((wrong ?? CommandFaults.OfNames(run, command)) is { } bad)
            {
                return new(bad.Cause, bad.Sentence);
            }

            if (CommandFaults.OfPayloads(run, command) is { } large)
            {
                return new(large.Cause, large.Sentence, EndsRun: true);
            }

            if (pending.Add(command.CommandType) is { } many)
            {
                return new(many.Cause, many.Sentence);
            }
        }

        return null;
    }

    /// <summary>Whether a command ends the run.</summary>
    public static bool Closes(Command command) => command.CommandType
        is CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution or CommandType.CancelWorkflowExecution
        or CommandType.ContinueAsNewWorkflowExecution;

    private static (WorkflowTaskFailedCause, string)? Activity(WorkflowRun run, ScheduleActivityTaskCommandAttributes? wanted,
        HashSet<string> ids) =>
        wanted is not { ActivityId.Length: > 0 }
            ? (WorkflowTaskFailedCause.BadScheduleActivityAttributes, "ActivityId is not set on ScheduleActivityTaskCommand.")
        : wanted.ActivityType is not { Name.Length: > 0 }
            ? (WorkflowTaskFailedCause.BadScheduleActivityAttributes, "ActivityType is not set on ScheduleActivityTaskCommand.")
        : !IsSet(wanted.StartToCloseTimeout) && !IsSet(wanted.ScheduleToCloseTimeout)
            ? (WorkflowTaskFailedCause.BadScheduleActivityAttributes,
                "A valid StartToClose or ScheduleToCloseTimeout is not set on ScheduleActivityTaskCommand. " +
                $"ActivityId={wanted.ActivityId} ActivityType={wanted.ActivityType.Name}")
        : run.Activities.Has(wanted.ActivityId) || !ids.Add(wanted.ActivityId)
            ? (WorkflowTaskFailedCause.ScheduleActivityDuplicateId, $"Activity id {wanted.ActivityId} is in use.")
        : null;

    private static (WorkflowTaskFailedCause, string)? CancelActivity(WorkflowRun run, RequestCancelActivityTaskCommandAttributes? wanted) =>
        wanted is { ScheduledEventId: > 0 } && wanted.ScheduledEventId < run.History.NextId
        && run.History.Events[(int)wanted.ScheduledEventId - 1].EventType == EventType.ActivityTaskScheduled
            ? null
            : (WorkflowTaskFailedCause.BadRequestCancelActivityAttributes, $"Event {wanted?.ScheduledEventId} scheduled no activity.");

    private static (WorkflowTaskFailedCause, string)? Timer(WorkflowRun run, StartTimerCommandAttributes? wanted, HashSet<string> ids,
        HashSet<string> cancelled) =>
        wanted is not { TimerId.Length: > 0 }
            ? (WorkflowTaskFailedCause.BadStartTimerAttributes, "TimerId is not set on StartTimerCommand.")
        : !IsSet(wanted.StartToFireTimeout)
            ? (WorkflowTaskFailedCause.BadStartTimerAttributes,
                $"An invalid StartToFireTimeout is set on StartTimerCommand. TimerId={wanted.TimerId}")
        : (run.Timers.Has(wanted.TimerId) && !cancelled.Contains(wanted.TimerId)) || !ids.Add(wanted.TimerId)
            ? (WorkflowTaskFailedCause.StartTimerDuplicateId, $"Timer id {wanted.TimerId} is in use.")
        : null;

    private static (WorkflowTaskFailedCause, string)? CancelTimer(WorkflowRun run, CancelTimerCommandAttributes? wanted,
        HashSet<string> started, HashSet<string> cancelled)
    {
        string id = wanted?.TimerId ?? "";
        bool isThere = started.Remove(id) || (run.Timers.CanCancel(id) && cancelled.Add(id));
        return isThere ? null : (WorkflowTaskFailedCause.BadCancelTimerAttributes, $"There is no timer {id} to cancel.");
    }

    private static (WorkflowTaskFailedCause, string)? Child(StartChildWorkflowExecutionCommandAttributes? wanted) =>
        wanted is not { WorkflowId.Length: > 0 }
            ? (WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "Required field WorkflowId is not set on StartChildWorkflowExecutionCommand.")
        : wanted.WorkflowType is not { Name.Length: > 0 }
            ? (WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "Required field WorkflowType is not set on StartChildWorkflowExecutionCommand.")
        : null;

    private static (WorkflowTaskFailedCause, string)? Signal(SignalExternalWorkflowExecutionCommandAttributes? wanted) =>
        wanted is { Execution.WorkflowId.Length: > 0, SignalName.Length: > 0 } ? null
        : (WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            "WorkflowId or SignalName is not set on SignalExternalWorkflowExecutionCommand.");

    private static (WorkflowTaskFailedCause, string)? Attributes(WorkflowRun run, SearchAttributes? attributes) =>
        run.Space.SearchAttributeFault(attributes) is { } fault ? (WorkflowTaskFailedCause.BadSearchAttributes, fault) : null;

    private static bool IsSet(Duration? duration) => duration?.ToTimeSpan() > TimeSpan.Zero;
}
