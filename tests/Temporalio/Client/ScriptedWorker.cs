using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using ProtocolMessage = Temporalio.Api.Protocol.V1.Message;

namespace Temporalio.Tests.Client;

/// <summary>
/// The other side of a client: takes the tasks of one queue with raw calls and answers them by a script, so that what reaches a worker
/// can be asserted without one.
/// </summary>
internal sealed class ScriptedWorker(TemporalConnection connection, string taskQueue)
{
    private static readonly IPayloadConverter Converter = DataConverter.Default.PayloadConverter;

    private WorkflowService Service => connection.WorkflowService;

    public static Payloads ToPayloads(params object?[] values)
    {
        Payloads payloads = new();
        payloads.Payloads_.Add(values.Select(Converter.ToPayload));
        return payloads;
    }

    /// <summary>Waits for the next workflow task and answers it with commands.</summary>
    public async Task<PollWorkflowTaskQueueResponse> AnswerAsync(params Command[] commands)
    {
        PollWorkflowTaskQueueResponse task = await PollAsync();
        await RespondAsync(task, commands);
        return task;
    }

    public Task<PollWorkflowTaskQueueResponse> CompleteAsync(object? result) => AnswerAsync(new Command
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = ToPayloads(result) },
    });

    public Task FailAsync(Failure failure) => AnswerAsync(new Command
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = failure },
    });

    public Task CancelAsync(object? detail) => AnswerAsync(new Command
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new() { Details = ToPayloads(detail) },
    });

    public Task ContinueAsNewAsync(string workflowType) => AnswerAsync(new Command
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new()
        {
            WorkflowType = new() { Name = workflowType },
            TaskQueue = new() { Name = taskQueue },
        },
    });

    public Task ScheduleActivityAsync(string activityId) => AnswerAsync(new Command
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = activityId,
            ActivityType = new() { Name = "Drain" },
            TaskQueue = new() { Name = taskQueue },
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            RetryPolicy = new() { MaximumAttempts = 1 },
        },
    });

    public Task RequestActivityCancelAsync(long scheduledEventId) => AnswerAsync(new Command
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    });

    public async Task<PollActivityTaskQueueResponse> PollActivityAsync()
    {
        PollActivityTaskQueueResponse task;
        do
        {
            task = await Service.PollActivityTaskQueueAsync(
                new() { Namespace = "default", TaskQueue = new() { Name = taskQueue }, Identity = "script" });
        }
        while (task.TaskToken.IsEmpty);

        return task;
    }

    /// <summary>Waits for the next query and answers it; null fails it.</summary>
    public async Task<WorkflowQuery> AnswerQueryAsync(object? result)
    {
        PollWorkflowTaskQueueResponse task = await PollAsync();
        await Service.RespondQueryTaskCompletedAsync(new()
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            CompletedType = result is null ? QueryResultType.Failed : QueryResultType.Answered,
            ErrorMessage = result is null ? "no such thing" : string.Empty,
            QueryResult = result is null ? null : ToPayloads(result),
        });
        return task.Query;
    }

    /// <summary>Waits for the next update, accepts it, and completes it unless <paramref name="outcome"/> is null.</summary>
    public async Task<Request> AcceptUpdateAsync(Outcome? outcome)
    {
        PollWorkflowTaskQueueResponse task = await PollAsync();
        ProtocolMessage message = task.Messages.Single();
        Request request = message.Body.Unpack<Request>();
        List<ProtocolMessage> answers =
        [
            Answer(message, "accept", new Acceptance
            {
                AcceptedRequest = request,
                AcceptedRequestMessageId = message.Id,
                AcceptedRequestSequencingEventId = message.EventId,
            }),
        ];
        if (outcome is not null)
        {
            answers.Add(Answer(message, "complete", new Response { Meta = request.Meta, Outcome = outcome }));
        }

        await RespondAsync(
            task,
            answers.Select(answer => new Command
            {
                CommandType = CommandType.ProtocolMessage,
                ProtocolMessageCommandAttributes = new() { MessageId = answer.Id },
            }),
            answers);
        return request;
    }

    /// <summary>Waits for the next update and rejects it.</summary>
    public async Task RejectUpdateAsync(string reason)
    {
        PollWorkflowTaskQueueResponse task = await PollAsync();
        ProtocolMessage message = task.Messages.Single();
        Rejection rejection = new()
        {
            RejectedRequest = message.Body.Unpack<Request>(),
            RejectedRequestMessageId = message.Id,
            RejectedRequestSequencingEventId = message.EventId,
            Failure = new() { Message = reason, ApplicationFailureInfo = new() { Type = "Refused" } },
        };
        await RespondAsync(task, [], [Answer(message, "reject", rejection)]);
    }

    private static ProtocolMessage Answer(ProtocolMessage request, string kind, IMessage body) => new()
    {
        Id = $"{request.Id}/{kind}",
        ProtocolInstanceId = request.ProtocolInstanceId,
        Body = Any.Pack(body),
    };

    private async Task<PollWorkflowTaskQueueResponse> PollAsync()
    {
        PollWorkflowTaskQueueResponse task;
        do
        {
            task = await Service.PollWorkflowTaskQueueAsync(
                new() { Namespace = "default", TaskQueue = new() { Name = taskQueue }, Identity = "script" });
        }
        while (task.TaskToken.IsEmpty);

        return task;
    }

    private async Task RespondAsync(
        PollWorkflowTaskQueueResponse task, IEnumerable<Command> commands, IEnumerable<ProtocolMessage>? messages = null)
    {
        RespondWorkflowTaskCompletedRequest request = new()
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Identity = "script",
            Capabilities = new() { DiscardSpeculativeWorkflowTaskWithEvents = true },
        };
        request.Commands.Add(commands);
        request.Messages.Add(messages ?? []);
        await Service.RespondWorkflowTaskCompletedAsync(request);
    }
}
