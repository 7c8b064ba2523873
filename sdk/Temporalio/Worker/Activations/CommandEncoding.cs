using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Which fields of a command hold payloads of the workflow's author. The server reads search attributes, so they stay.</summary>
internal static class CommandEncoding
{
    public static async Task EncodeAsync(IPayloadCodec codec, Command command)
    {
        if (command.UserMetadata is { } metadata)
        {
            metadata.Summary = metadata.Summary is null ? null : await codec.EncodeSingleAsync(metadata.Summary);
            metadata.Details = metadata.Details is null ? null : await codec.EncodeSingleAsync(metadata.Details);
        }

        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                await codec.EncodeInPlaceAsync(command.ScheduleActivityTaskCommandAttributes.Input);
                await codec.EncodeInPlaceAsync(command.ScheduleActivityTaskCommandAttributes.Header?.Fields);
                break;
            case CommandType.StartChildWorkflowExecution:
                await codec.EncodeInPlaceAsync(command.StartChildWorkflowExecutionCommandAttributes.Input);
                await codec.EncodeInPlaceAsync(command.StartChildWorkflowExecutionCommandAttributes.Header?.Fields);
                await codec.EncodeInPlaceAsync(command.StartChildWorkflowExecutionCommandAttributes.Memo?.Fields);
                break;
            case CommandType.SignalExternalWorkflowExecution:
                await codec.EncodeInPlaceAsync(command.SignalExternalWorkflowExecutionCommandAttributes.Input);
                await codec.EncodeInPlaceAsync(command.SignalExternalWorkflowExecutionCommandAttributes.Header?.Fields);
                break;
            case CommandType.ModifyWorkflowProperties:
                await codec.EncodeInPlaceAsync(command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo?.Fields);
                break;
            case CommandType.CompleteWorkflowExecution:
                await codec.EncodeInPlaceAsync(command.CompleteWorkflowExecutionCommandAttributes.Result);
                break;
            case CommandType.FailWorkflowExecution:
                await codec.EncodeFailureAsync(command.FailWorkflowExecutionCommandAttributes.Failure);
                break;
            case CommandType.ContinueAsNewWorkflowExecution:
                await codec.EncodeInPlaceAsync(command.ContinueAsNewWorkflowExecutionCommandAttributes.Input);
                await codec.EncodeInPlaceAsync(command.ContinueAsNewWorkflowExecutionCommandAttributes.Header?.Fields);
                await codec.EncodeInPlaceAsync(command.ContinueAsNewWorkflowExecutionCommandAttributes.Memo?.Fields);
                break;
        }
    }
}
