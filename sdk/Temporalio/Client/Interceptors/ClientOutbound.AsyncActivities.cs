using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using IdReference = Temporalio.Client.AsyncActivityHandle.IdReference;
using TaskTokenReference = Temporalio.Client.AsyncActivityHandle.TaskTokenReference;

namespace Temporalio.Client.Interceptors;

/// <content>Activities that are completed from outside.</content>
internal sealed partial class ClientOutbound
{
    public override async Task CompleteAsyncActivityAsync(CompleteAsyncActivityInput input)
    {
        Payloads? result = await ToPayloadsAsync(ConverterFor(input.DataConverterOverride), [input.Result]);
        RpcOptions rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        await (input.Activity switch
        {
            IdReference id => (Task)Service.RespondActivityTaskCompletedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Result = result,
                    Identity = Identity,
                },
                rpc),
            TaskTokenReference token => Service.RespondActivityTaskCompletedAsync(
                new() { Namespace = Namespace, TaskToken = ByteString.CopyFrom(token.TaskToken), Result = result, Identity = Identity },
                rpc),
            _ => throw Unknown(input.Activity),
        });
    }

    public override async Task FailAsyncActivityAsync(FailAsyncActivityInput input)
    {
        DataConverter converter = ConverterFor(input.DataConverterOverride);
        Failure failure = await converter.ToFailureAsync(input.Exception);
        Payloads? details = await ToPayloadsAsync(converter, input.Options?.LastHeartbeatDetails);
        RpcOptions rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        await (input.Activity switch
        {
            IdReference id => (Task)Service.RespondActivityTaskFailedByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Failure = failure,
                    LastHeartbeatDetails = details,
                    Identity = Identity,
                },
                rpc),
            TaskTokenReference token => Service.RespondActivityTaskFailedAsync(
                new()
                {
                    Namespace = Namespace,
                    TaskToken = ByteString.CopyFrom(token.TaskToken),
                    Failure = failure,
                    LastHeartbeatDetails = details,
                    Identity = Identity,
                },
                rpc),
            _ => throw Unknown(input.Activity),
        });
    }

    public override async Task HeartbeatAsyncActivityAsync(HeartbeatAsyncActivityInput input)
    {
        Payloads? details = await ToPayloadsAsync(ConverterFor(input.DataConverterOverride), input.Options?.Details);
        RpcOptions rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        if (await HeartbeatAsync(input.Activity, details, rpc))
        {
            throw new AsyncActivityCanceledException();
        }
    }

    public override async Task ReportCancellationAsyncActivityAsync(ReportCancellationAsyncActivityInput input)
    {
        Payloads? details = await ToPayloadsAsync(ConverterFor(input.DataConverterOverride), input.Options?.Details);
        RpcOptions rpc = TemporalClient.DefaultRetryOptions(input.Options?.Rpc);
        await (input.Activity switch
        {
            IdReference id => (Task)Service.RespondActivityTaskCanceledByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                    Identity = Identity,
                },
                rpc),
            TaskTokenReference token => Service.RespondActivityTaskCanceledAsync(
                new() { Namespace = Namespace, TaskToken = ByteString.CopyFrom(token.TaskToken), Details = details, Identity = Identity },
                rpc),
            _ => throw Unknown(input.Activity),
        });
    }

    private static ArgumentException Unknown(AsyncActivityHandle.Reference activity) =>
        new($"An activity cannot be named by a {activity.GetType()}.", nameof(activity));

    // Whether the activity is to stop, for whatever reason.
    private async Task<bool> HeartbeatAsync(AsyncActivityHandle.Reference activity, Payloads? details, RpcOptions rpc)
    {
        if (activity is IdReference id)
        {
            RecordActivityTaskHeartbeatByIdResponse byId = await Service.RecordActivityTaskHeartbeatByIdAsync(
                new()
                {
                    Namespace = Namespace,
                    WorkflowId = id.WorkflowId,
                    RunId = id.RunId ?? string.Empty,
                    ActivityId = id.ActivityId,
                    Details = details,
                    Identity = Identity,
                },
                rpc);
            return byId.CancelRequested || byId.ActivityPaused || byId.ActivityReset;
        }

        TaskTokenReference token = activity as TaskTokenReference ?? throw Unknown(activity);
        RecordActivityTaskHeartbeatResponse byToken = await Service.RecordActivityTaskHeartbeatAsync(
            new() { Namespace = Namespace, TaskToken = ByteString.CopyFrom(token.TaskToken), Details = details, Identity = Identity },
            rpc);
        return byToken.CancelRequested || byToken.ActivityPaused || byToken.ActivityReset;
    }

    private DataConverter ConverterFor(DataConverter? @override) => @override ?? _client.Options.DataConverter;
}
