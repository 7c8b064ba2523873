using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Converters;
using Temporalio.Worker.Activations;
using Temporalio.Worker.Histories;
using Temporalio.Worker.Runs;
using Temporalio.Workflows;

namespace Temporalio.Tests.Replay;

/// <summary>One run driven through the engine without a server: histories in, commands out.</summary>
internal sealed class SeamRun : IDisposable
{
    private readonly WorkflowThreads _threads;
    private readonly IDisposable _tracing = Temporalio.Worker.WorkflowTracing.Listen();

    public SeamRun(Type workflow, bool tracing = true, IReadOnlyCollection<Type>? failureTypes = null, ILoggerFactory? loggers = null)
    {
        _threads = new(1, watchesDeadlocks: true, TimeProvider.System);
        WorkflowDefinition definition = WorkflowDefinition.Create(workflow);
        RunScope scope = new()
        {
            Namespace = "default",
            TaskQueue = "queue",
            Workflows = new([definition]),
            Threads = _threads,
            DataConverter = DataConverter.Default,
            LoggerFactory = loggers ?? NullLoggerFactory.Instance,
            TracingEventsEnabled = tracing,
            FailureExceptionTypes = failureTypes,
            StackTrace = Temporalio.Worker.WorkflowStackTrace.Normal,
        };
        Run = new(scope, scope.Identify("roll-1", HistoryBuilder.RunId, definition.Name ?? "any"));
    }

    public WorkflowRun Run { get; }

    /// <summary>Works on the task with which the history ends.</summary>
    public Task<RunOutcome> WorkAsync(HistoryBuilder history, params Message[] messages) => WorkAsync(history, 1, [], messages);

    /// <summary>Works on the task with which the history ends, sent without the events before the given one.</summary>
    public async Task<RunOutcome> WorkAsync(
        HistoryBuilder history, long fromEventId, IReadOnlyList<(string Id, WorkflowQuery Query)> queries, params Message[] messages)
    {
        long[] started = [.. history.Events.Where(e => e.EventType == EventType.WorkflowTaskStarted).Select(e => e.EventId)];
        bool isOpen = started.Length > 0 && started[^1] == history.Last;
        long previous = CompletedBefore(history, isOpen ? started[^1] : long.MaxValue);
        HistoryEvent[] events = [.. history.Events.Skip((int)fromEventId - 1)];
        RunHistory run = RunHistory.FromTask(events, previous, isOpen ? started[^1] : 0, ByteString.Empty, fetch: null);
        QueryWorkflowJob[] jobs = [.. queries.Select(query => new QueryWorkflowJob(query.Id, query.Query))];
        return await Run.WorkAsync(new(run, messages, jobs, IsQueryAlone: !isOpen && jobs.Length > 0), CancellationToken.None).Within();
    }

    /// <summary>The commands of an outcome in words, in order.</summary>
    public static IEnumerable<string> Commands(RunOutcome outcome) => outcome.Exception is { } exception
        ? throw new InvalidOperationException("The task failed.", exception)
        : outcome.Answer!.Commands.Select(Describe);

    public void Dispose()
    {
        _tracing.Dispose();
        _threads.Dispose();
    }

    private static long CompletedBefore(HistoryBuilder history, long eventId) => history.Events
        .Where(e => e.EventType == EventType.WorkflowTaskCompleted && e.EventId < eventId)
        .Select(e => e.WorkflowTaskCompletedEventAttributes.StartedEventId)
        .LastOrDefault();

    private static string Describe(Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => $"activity {command.ScheduleActivityTaskCommandAttributes.ActivityType.Name}",
        CommandType.RequestCancelActivityTask => $"cancel activity of {command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId}",
        CommandType.StartTimer => $"timer {command.StartTimerCommandAttributes.TimerId} {command.StartTimerCommandAttributes.StartToFireTimeout.ToTimeSpan().TotalMilliseconds} ms",
        CommandType.CancelTimer => $"cancel timer {command.CancelTimerCommandAttributes.TimerId}",
        CommandType.StartChildWorkflowExecution => $"child {command.StartChildWorkflowExecutionCommandAttributes.WorkflowId}",
        CommandType.SignalExternalWorkflowExecution => $"signal {command.SignalExternalWorkflowExecutionCommandAttributes.SignalName}",
        CommandType.RequestCancelExternalWorkflowExecution => $"cancel workflow {command.RequestCancelExternalWorkflowExecutionCommandAttributes.WorkflowId}",
        CommandType.RecordMarker => $"marker {command.RecordMarkerCommandAttributes.MarkerName}",
        CommandType.UpsertWorkflowSearchAttributes =>
            $"upsert {string.Join(",", command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes.IndexedFields.Keys)}",
        CommandType.ModifyWorkflowProperties =>
            $"memo {string.Join(",", command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo.Fields.Keys)}",
        CommandType.ProtocolMessage => $"message {command.ProtocolMessageCommandAttributes.MessageId}",
        CommandType.CompleteWorkflowExecution =>
            $"complete {command.CompleteWorkflowExecutionCommandAttributes.Result.Payloads_.Single().Data.ToStringUtf8()}",
        CommandType.FailWorkflowExecution => $"fail {command.FailWorkflowExecutionCommandAttributes.Failure.Message}",
        CommandType.CancelWorkflowExecution => "cancel",
        CommandType.ContinueAsNewWorkflowExecution =>
            $"continue as {command.ContinueAsNewWorkflowExecutionCommandAttributes.WorkflowType.Name}",
        _ => command.CommandType.ToString(),
    };
}
