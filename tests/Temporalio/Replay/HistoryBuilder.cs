using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Tests.Replay;

/// <summary>Writes a history by hand, event by event, as a server would.</summary>
internal sealed class HistoryBuilder
{
    public const string RunId = "4ec7bd5e-3a5d-4a39-b7f1-7e1d4b1f8f9a";

    private static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<HistoryEvent> _events = [];
    private long _taskScheduled;
    private long _taskStarted;

    public IReadOnlyList<HistoryEvent> Events => _events;

    /// <summary>The id of the last event.</summary>
    public long Last => _events.Count;

    public static Payloads Payloads(params object?[] values) =>
        new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayloads(values) } };

    public WorkflowHistory ToHistory() => new("roll-1", _events);

    public HistoryBuilder Started(string workflowType, params object?[] arguments) => Add(EventType.WorkflowExecutionStarted, e =>
        e.WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowType = new() { Name = workflowType },
            TaskQueue = new() { Name = "queue" },
            Input = Payloads(arguments),
            OriginalExecutionRunId = RunId,
            FirstExecutionRunId = RunId,
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            Attempt = 1,
        });

    /// <summary>A workflow task is scheduled and started.</summary>
    public HistoryBuilder Task()
    {
        Add(EventType.WorkflowTaskScheduled, e => e.WorkflowTaskScheduledEventAttributes = new() { Attempt = 1 });
        _taskScheduled = Last;
        Add(EventType.WorkflowTaskStarted, e => e.WorkflowTaskStartedEventAttributes = new()
        {
            ScheduledEventId = _taskScheduled,
            HistorySizeBytes = 100 * _taskScheduled,
        });
        _taskStarted = Last;
        return this;
    }

    public HistoryBuilder TaskCompleted(params uint[] coreFlags) => Add(EventType.WorkflowTaskCompleted, e =>
        e.WorkflowTaskCompletedEventAttributes = new()
        {
            ScheduledEventId = _taskScheduled,
            StartedEventId = _taskStarted,
            SdkMetadata = new() { CoreUsedFlags = { coreFlags.Length > 0 ? coreFlags : [1, 2, 3] }, LangUsedFlags = { 2 } },
        });

    public HistoryBuilder TaskFailed() => Add(EventType.WorkflowTaskFailed, e =>
        e.WorkflowTaskFailedEventAttributes = new() { ScheduledEventId = _taskScheduled, StartedEventId = _taskStarted });

    public HistoryBuilder TaskTimedOut() => Add(EventType.WorkflowTaskTimedOut, e =>
        e.WorkflowTaskTimedOutEventAttributes = new() { ScheduledEventId = _taskScheduled, StartedEventId = _taskStarted });

    public HistoryBuilder ActivityScheduled(string id, string type) => Add(EventType.ActivityTaskScheduled, e =>
        e.ActivityTaskScheduledEventAttributes = new() { ActivityId = id, ActivityType = new() { Name = type } });

    public HistoryBuilder ActivityStarted(long scheduled) => Add(EventType.ActivityTaskStarted, e =>
        e.ActivityTaskStartedEventAttributes = new() { ScheduledEventId = scheduled, Attempt = 1 });

    public HistoryBuilder ActivityCompleted(long scheduled, object? result) => Add(EventType.ActivityTaskCompleted, e =>
        e.ActivityTaskCompletedEventAttributes = new() { ScheduledEventId = scheduled, StartedEventId = Last, Result = Payloads(result) });

    public HistoryBuilder ActivityFailed(long scheduled, string message) => Add(EventType.ActivityTaskFailed, e =>
        e.ActivityTaskFailedEventAttributes = new()
        {
            ScheduledEventId = scheduled,
            StartedEventId = Last,
            RetryState = RetryState.MaximumAttemptsReached,
            Failure = new Failure { Message = message, ApplicationFailureInfo = new() { Type = "Blocked" } },
        });

    public HistoryBuilder ActivityCancelRequested(long scheduled) => Add(EventType.ActivityTaskCancelRequested, e =>
        e.ActivityTaskCancelRequestedEventAttributes = new() { ScheduledEventId = scheduled });

    public HistoryBuilder ActivityCanceled(long scheduled) => Add(EventType.ActivityTaskCanceled, e =>
        e.ActivityTaskCanceledEventAttributes = new() { ScheduledEventId = scheduled });

    public HistoryBuilder TimerStarted(string id) => Add(EventType.TimerStarted, e => e.TimerStartedEventAttributes = new() { TimerId = id });

    public HistoryBuilder TimerFired(string id, long started) => Add(EventType.TimerFired, e =>
        e.TimerFiredEventAttributes = new() { TimerId = id, StartedEventId = started });

    public HistoryBuilder TimerCanceled(string id, long started) => Add(EventType.TimerCanceled, e =>
        e.TimerCanceledEventAttributes = new() { TimerId = id, StartedEventId = started });

    public HistoryBuilder Signaled(string name, params object?[] arguments) => Add(EventType.WorkflowExecutionSignaled, e =>
        e.WorkflowExecutionSignaledEventAttributes = new() { SignalName = name, Input = Payloads(arguments) });

    public HistoryBuilder CancelRequested() => Add(EventType.WorkflowExecutionCancelRequested, e =>
        e.WorkflowExecutionCancelRequestedEventAttributes = new() { Cause = "test" });

    public HistoryBuilder ChildInitiated(string id, string type) => Add(EventType.StartChildWorkflowExecutionInitiated, e =>
        e.StartChildWorkflowExecutionInitiatedEventAttributes = new() { WorkflowId = id, WorkflowType = new() { Name = type } });

    public HistoryBuilder ChildStarted(long initiated) => Add(EventType.ChildWorkflowExecutionStarted, e =>
        e.ChildWorkflowExecutionStartedEventAttributes = new()
        {
            InitiatedEventId = initiated,
            WorkflowExecution = new() { WorkflowId = "child", RunId = "child-run" },
        });

    public HistoryBuilder ChildCompleted(long initiated, object? result) => Add(EventType.ChildWorkflowExecutionCompleted, e =>
        e.ChildWorkflowExecutionCompletedEventAttributes = new() { InitiatedEventId = initiated, Result = Payloads(result) });

    public HistoryBuilder PatchMarker(string id, bool deprecated = false) => Add(EventType.MarkerRecorded, e =>
    {
        e.MarkerRecordedEventAttributes = new() { MarkerName = "core_patch" };
        e.MarkerRecordedEventAttributes.Details["patch-data"] =
            new() { Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8($$"""{"id":"{{id}}","deprecated":{{(deprecated ? "true" : "false")}}}""") } } };
    });

    public HistoryBuilder SearchAttributesUpserted(string name) => Add(EventType.UpsertWorkflowSearchAttributes, e =>
    {
        e.UpsertWorkflowSearchAttributesEventAttributes = new() { SearchAttributes = new() };
        e.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields[name] = new();
    });

    public HistoryBuilder UpdateAccepted(string id, string name, long sequencing, params object?[] arguments) =>
        Add(EventType.WorkflowExecutionUpdateAccepted, e => e.WorkflowExecutionUpdateAcceptedEventAttributes = new()
        {
            ProtocolInstanceId = id,
            AcceptedRequestMessageId = $"{id}/request",
            AcceptedRequestSequencingEventId = sequencing,
            AcceptedRequest = Request(id, name, arguments),
        });

    public HistoryBuilder UpdateCompleted(string id, long accepted, object? result) => Add(EventType.WorkflowExecutionUpdateCompleted, e =>
        e.WorkflowExecutionUpdateCompletedEventAttributes = new()
        {
            AcceptedEventId = accepted,
            Meta = new() { UpdateId = id },
            Outcome = new() { Success = Payloads(result) },
        });

    public HistoryBuilder Completed(object? result = null) => Add(EventType.WorkflowExecutionCompleted, e =>
        e.WorkflowExecutionCompletedEventAttributes = new() { Result = Payloads(result) });

    public HistoryBuilder Terminated() => Add(EventType.WorkflowExecutionTerminated, e => e.WorkflowExecutionTerminatedEventAttributes = new());

    public static Request Request(string id, string name, params object?[] arguments) => new()
    {
        Meta = new() { UpdateId = id },
        Input = new() { Name = name, Args = Payloads(arguments) },
    };

    private HistoryBuilder Add(EventType type, Action<HistoryEvent> set)
    {
        HistoryEvent e = new()
        {
            EventId = _events.Count + 1,
            EventType = type,
            EventTime = Timestamp.FromDateTime(Start.AddSeconds(_events.Count)),
        };
        set(e);
        _events.Add(e);
        return this;
    }
}
