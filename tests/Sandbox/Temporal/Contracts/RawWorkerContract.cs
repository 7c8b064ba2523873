using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Command = Temporalio.Api.Command.V1.Command;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>Cases whose worker is the test itself: it sends what no SDK would.</summary>
public abstract class RawWorkerContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    private int _runs;

    /// <summary>One call, without the client's own retries.</summary>
    protected static RpcOptions Once => new() { Retry = false, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A payload of so many bytes.</summary>
    protected static Payload Blob(int bytes) => new()
    {
        Data = ByteString.CopyFrom(new byte[bytes]),
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/plain") },
    };

    /// <summary>The same as an input or a result.</summary>
    protected static Payloads Blobs(int bytes) => new() { Payloads_ = { Blob(bytes) } };

    /// <summary>A run that nobody but the test takes up, in a task queue named as it is.</summary>
    protected StartWorkflowExecutionRequest Request(Action<StartWorkflowExecutionRequest>? change = null)
    {
        string id = $"{Id}-{++_runs}";
        StartWorkflowExecutionRequest request = new()
        {
            Namespace = "default",
            WorkflowId = id,
            WorkflowType = new() { Name = "Nothing" },
            TaskQueue = new() { Name = id },
            RequestId = Guid.NewGuid().ToString(),
        };
        change?.Invoke(request);
        return request;
    }

    protected async Task<string> StartAsync(ITemporalClient client)
    {
        StartWorkflowExecutionRequest request = Request();
        await client.WorkflowService.StartWorkflowExecutionAsync(request);
        return request.WorkflowId;
    }

    protected static Task<PollWorkflowTaskQueueResponse> TakeAsync(ITemporalClient client, string id) =>
        client.WorkflowService.PollWorkflowTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = id }, Identity = "test" }, new() { Timeout = Limit });

    /// <summary>Answers a workflow task with commands.</summary>
    /// <returns>What the server refuses it with; empty where it takes it.</returns>
    protected static async Task<string> AnswerAsync(
        ITemporalClient client, PollWorkflowTaskQueueResponse task, IEnumerable<Command> commands, bool goesOn = false)
    {
        RespondWorkflowTaskCompletedRequest answer = new()
        {
            Namespace = "default", TaskToken = task.TaskToken, Identity = "test", ForceCreateNewWorkflowTask = goesOn,
        };
        answer.Commands.AddRange(commands);
        return await RefusalAsync(() => client.WorkflowService.RespondWorkflowTaskCompletedAsync(answer, Once));
    }

    /// <summary>Starts a run, answers its first task, and says what came of it.</summary>
    /// <returns>The refusal, and the events after the start of that task.</returns>
    protected async Task<(string Refusal, IReadOnlyList<HistoryEvent> Events)> CommandAsync(
        ITemporalClient client, params Command[] commands)
    {
        string id = await StartAsync(client);
        string refusal = await AnswerAsync(client, await TakeAsync(client, id), commands);
        return (refusal, [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events.Skip(3)]);
    }

    /// <summary>What a call is refused with: its code and sentence; empty where it is not.</summary>
    protected static async Task<string> RefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (RpcException e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }

    protected static string Types(IEnumerable<HistoryEvent> events) => string.Join(" ", events.Select(made => made.EventType));

    protected static Command Activity(Action<ScheduleActivityTaskCommandAttributes>? change = null)
    {
        ScheduleActivityTaskCommandAttributes activity = new()
        {
            ActivityId = "a",
            ActivityType = new() { Name = "Nothing" },
            TaskQueue = new() { Name = "nobody" },
            StartToCloseTimeout = new() { Seconds = 100 },
        };
        change?.Invoke(activity);
        return new() { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = activity };
    }

    protected static Command Timer(string id) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = new() { Seconds = 100 } },
    };

    protected static Command Marker(string name, int bytes) => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new() { MarkerName = name, Details = { ["a"] = Blobs(bytes) } },
    };

    protected static Command Child(Action<StartChildWorkflowExecutionCommandAttributes>? change = null)
    {
        StartChildWorkflowExecutionCommandAttributes child = new()
        {
            WorkflowId = Guid.NewGuid().ToString(), WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = "nobody" },
        };
        change?.Invoke(child);
        return new() { CommandType = CommandType.StartChildWorkflowExecution, StartChildWorkflowExecutionCommandAttributes = child };
    }

    protected static Command Signal(string workflowId, int bytes = 1) => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new()
        {
            Execution = new() { WorkflowId = workflowId }, SignalName = "go", Input = Blobs(bytes),
        },
    };

    protected static Command Cancel(string workflowId) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = workflowId },
    };

    protected static Command GoOn(Action<ContinueAsNewWorkflowExecutionCommandAttributes> change)
    {
        ContinueAsNewWorkflowExecutionCommandAttributes next = new()
        {
            WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = "nobody" },
        };
        change(next);
        return new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = next };
    }
}
