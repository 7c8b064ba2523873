using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Histories;
using Temporalio.Worker.Runs;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>
/// Works on each task of a history once more, each time as a worker does that has never seen the run, and collects the commands that the
/// code makes in it.
/// </summary>
internal static class EvictedReplay
{
    public static async Task<IReadOnlyList<string>> CommandsAsync(WorkflowHistory history, IEnumerable<System.Type> workflows)
    {
        HistoryEvent[] events = [.. history.Events];
        WorkflowDefinition[] definitions = [.. workflows.Select(WorkflowDefinition.Create)];
        using WorkflowThreads threads = new(1, watchesDeadlocks: true, TimeProvider.System);
        List<string> commands = [];
        long previous = 0;
        foreach (HistoryEvent completed in events.Where(e => e.EventType == EventType.WorkflowTaskCompleted))
        {
            long started = completed.WorkflowTaskCompletedEventAttributes.StartedEventId;
            HistoryEvent[] before = [.. events.TakeWhile(e => e.EventId <= started)];
            RunScope scope = new()
            {
                Namespace = "default",
                TaskQueue = "queue",
                Workflows = new(definitions),
                Threads = threads,
                DataConverter = DataConverter.Default,
                LoggerFactory = NullLoggerFactory.Instance,
            };
            WorkflowExecutionStartedEventAttributes start = events[0].WorkflowExecutionStartedEventAttributes;
            WorkflowRun run = new(scope, scope.Identify(history.Id, start.OriginalExecutionRunId, start.WorkflowType.Name));
            RunHistory part = RunHistory.FromTask(before, previous, started, ByteString.Empty, fetch: null);
            RunOutcome outcome = await run.WorkAsync(
                new(part, MessagesOf(events, completed.EventId), [], IsQueryAlone: false), CancellationToken.None).Within();
            commands.AddRange(outcome.Exception is { } exception
                ? throw new InvalidOperationException($"The task that started with event {started} failed.", exception)
                : outcome.Answer?.Commands.Select(CommandText.Of) ?? []);
            previous = started;
        }

        return commands;
    }

    // The updates that came with the task: those that it accepted.
    private static Message[] MessagesOf(HistoryEvent[] events, long completed) =>
    [
        .. events
            .Where(e => e.EventType == EventType.WorkflowExecutionUpdateAccepted)
            .SkipWhile(e => e.EventId < completed)
            .TakeWhile(e => !events.Any(other =>
                other.EventType == EventType.WorkflowTaskCompleted && other.EventId > completed && other.EventId < e.EventId))
            .Select(e => e.WorkflowExecutionUpdateAcceptedEventAttributes)
            .Select(accepted => new Message
            {
                Id = accepted.AcceptedRequestMessageId,
                ProtocolInstanceId = accepted.ProtocolInstanceId,
                EventId = accepted.AcceptedRequestSequencingEventId,
                Body = Any.Pack(accepted.AcceptedRequest),
            }),
    ];
}
