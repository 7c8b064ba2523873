using System.Runtime.CompilerServices;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker.Histories;
using Temporalio.Worker.Runs;

namespace Temporalio.Worker;

/// <summary>
/// Runs today's workflow code against histories of yesterday, without a server and without effects, and says where the two part.
/// </summary>
public class WorkflowReplayer
{
    private readonly WorkflowRegistry _workflows;

    /// <summary>Makes a replayer.</summary>
    /// <param name="options">The options; copied.</param>
    /// <exception cref="ArgumentException">There is no workflow, or two have one type.</exception>
    public WorkflowReplayer(WorkflowReplayerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = (WorkflowReplayerOptions)options.Clone();
        if (Options.Workflows.Count == 0)
        {
            throw new ArgumentException("The replayer's options hold no workflow.", nameof(options));
        }

        _workflows = new(Options.Workflows);
    }

    /// <summary>The replayer's own copy of the options.</summary>
    public WorkflowReplayerOptions Options { get; }

    /// <summary>Replays a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="throwOnReplayFailure">Whether a failure is thrown, rather than returned.</param>
    /// <param name="cancellationToken">Cancels before the replay.</param>
    /// <exception cref="WorkflowNondeterminismException">The code does not do what the history says.</exception>
    /// <exception cref="InvalidWorkflowOperationException">A workflow task failed in another way.</exception>
    /// <returns>The result.</returns>
    public async Task<WorkflowReplayResult> ReplayWorkflowAsync(
        WorkflowHistory history, bool throwOnReplayFailure = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        IEnumerable<WorkflowReplayResult> results = await ReplayWorkflowsAsync([history], throwOnReplayFailure, cancellationToken);
        return results.Single();
    }

    /// <summary>Replays histories, one after the other.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="throwOnReplayFailure">Whether the first failure is thrown, rather than all returned.</param>
    /// <param name="cancellationToken">Cancels between the histories.</param>
    /// <exception cref="WorkflowNondeterminismException">The code does not do what a history says.</exception>
    /// <exception cref="InvalidWorkflowOperationException">A workflow task failed in another way.</exception>
    /// <returns>The results, in the order of the histories.</returns>
    public async Task<IEnumerable<WorkflowReplayResult>> ReplayWorkflowsAsync(
        IEnumerable<WorkflowHistory> histories, bool throwOnReplayFailure = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        List<WorkflowReplayResult> results = [];
        using WorkflowThreads threads = StartThreads();
        using IDisposable? listening = Listen();
        foreach (WorkflowHistory history in histories)
        {
            results.Add(await ReplayAsync(threads, history, throwOnReplayFailure, cancellationToken));
        }

        return results;
    }

    /// <summary>Replays histories, one after the other.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="throwOnReplayFailure">Whether the first failure is thrown, rather than all returned.</param>
    /// <param name="cancellationToken">Cancels between the histories.</param>
    /// <exception cref="WorkflowNondeterminismException">The code does not do what a history says.</exception>
    /// <exception cref="InvalidWorkflowOperationException">A workflow task failed in another way.</exception>
    /// <returns>The results, in the order of the histories.</returns>
    public async IAsyncEnumerable<WorkflowReplayResult> ReplayWorkflowsAsync(
        IAsyncEnumerable<WorkflowHistory> histories,
        bool throwOnReplayFailure = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        using WorkflowThreads threads = StartThreads();
        using IDisposable? listening = Listen();
        await foreach (WorkflowHistory history in histories.WithCancellation(cancellationToken))
        {
            yield return await ReplayAsync(threads, history, throwOnReplayFailure, cancellationToken);
        }
    }

    private WorkflowThreads StartThreads() => new(maximum: 1, watchesDeadlocks: !Options.DebugMode, TimeProvider.System);

    private IDisposable? Listen() => Options.DisableWorkflowTracingEventListener ? null : WorkflowTracing.Listen();

    private async Task<WorkflowReplayResult> ReplayAsync(
        WorkflowThreads threads, WorkflowHistory history, bool throwOnReplayFailure, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RunOutcome outcome = await WorkAsync(threads, history, cancellationToken);
        Exception? failure = outcome.Exception switch
        {
            null => null,
            InvalidWorkflowOperationException invalid => invalid,
            { } other => new InvalidWorkflowOperationException($"{other.GetType().Name}: {other.Message}", other),
        };
        return failure is null || !throwOnReplayFailure ? new(history, failure) : throw failure;
    }

    private async Task<RunOutcome> WorkAsync(WorkflowThreads threads, WorkflowHistory history, CancellationToken cancellationToken)
    {
        HistoryEvent[] events = [.. history.Events];
        WorkflowExecutionStartedEventAttributes start = events.FirstOrDefault()?.WorkflowExecutionStartedEventAttributes
            ?? throw new ArgumentException($"The history of workflow {history.Id} does not begin with its start.", nameof(history));
        RunScope scope = new()
        {
            Namespace = Options.Namespace,
            TaskQueue = Options.TaskQueue,
            Workflows = _workflows,
            Threads = threads,
            DataConverter = Options.DataConverter,
            LoggerFactory = Options.LoggerFactory,
            FailureExceptionTypes = Options.WorkflowFailureExceptionTypes,
            TracingEventsEnabled = !Options.DisableWorkflowTracingEventListener,
        };
        (long previous, long started) = TasksOf(events);
        RunHistory run = RunHistory.FromTask(events, previous, started, ByteString.Empty, fetch: null);
        WorkflowRun replay = new(scope, scope.Identify(history.Id, start.OriginalExecutionRunId, start.WorkflowType.Name));
        return await replay.WorkAsync(new(run, [], [], IsQueryAlone: false), cancellationToken);
    }

    // The last task is new only if the history ends with its start: then it was never answered.
    private static (long PreviousStartedEventId, long StartedEventId) TasksOf(HistoryEvent[] events)
    {
        HistoryEvent[] started = [.. events.Where(e => e.EventType == EventType.WorkflowTaskStarted).TakeLast(2)];
        if (started.Length == 0)
        {
            return (0, 0);
        }

        long last = started[^1].EventId;
        bool isOpen = events[^1].EventId == last;
        return (isOpen ? (started.Length == 2 ? started[0].EventId : 0) : last, last);
    }
}
