using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace Temporalio.Worker;

/// <summary>
/// The largest payloads and memos of a namespace. A command that is larger would end its workflow for good, so it is not sent: the
/// workflow task fails, and other code may mend it.
/// </summary>
/// <param name="Blob">The bytes of one field with payloads; 0 for no limit.</param>
/// <param name="Memo">The bytes of a memo; 0 for no limit.</param>
internal sealed record PayloadLimits(long Blob, long Memo)
{
    /// <summary>What a command has too much of, in words; null if the server takes it.</summary>
    public string? Exceeded(Command command)
    {
        (IMessage? payloads, IMessage? memo) = FieldsOf(command);
        return Exceeded(command, "payloads", payloads, Blob) ?? Exceeded(command, "a memo", memo, Memo);
    }

    private static string? Exceeded(Command command, string what, IMessage? field, long limit) =>
        limit > 0 && field?.CalculateSize() is { } size && size > limit
            ? $"[TMPRL1103] Attempted to upload {what} of {size} bytes with the command {command.CommandType}; the limit is {limit} bytes."
            : null;

    private static (IMessage? Payloads, IMessage? Memo) FieldsOf(Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => (command.ScheduleActivityTaskCommandAttributes.Input, null),
        CommandType.StartChildWorkflowExecution => (
            command.StartChildWorkflowExecutionCommandAttributes.Input, command.StartChildWorkflowExecutionCommandAttributes.Memo),
        CommandType.SignalExternalWorkflowExecution => (command.SignalExternalWorkflowExecutionCommandAttributes.Input, null),
        CommandType.CompleteWorkflowExecution => (command.CompleteWorkflowExecutionCommandAttributes.Result, null),
        CommandType.FailWorkflowExecution => (command.FailWorkflowExecutionCommandAttributes.Failure, null),
        CommandType.ContinueAsNewWorkflowExecution => (
            command.ContinueAsNewWorkflowExecutionCommandAttributes.Input, command.ContinueAsNewWorkflowExecutionCommandAttributes.Memo),
        CommandType.ModifyWorkflowProperties => (null, command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo),
        CommandType.UpsertWorkflowSearchAttributes => (command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes, null),
        _ => (null, null),
    };
}
