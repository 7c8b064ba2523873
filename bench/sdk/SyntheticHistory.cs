using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;
using Temporalio.Converters;
using EventType = Temporalio.Api.Enums.V1.EventType;

namespace Temporalio.Bench;

/// <summary>
/// The history that a server writes for <see cref="ManyActivitiesWorkflow"/>, made without a server: a real one of 50,000 events takes
/// minutes.
/// </summary>
internal sealed class SyntheticHistory
{
    private const string Queue = "bench";

    private static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new(2025, 11, 21, 0, 0, 0, TimeSpan.Zero));

    private readonly List<HistoryEvent> _events = [];

    /// <summary>A history of about this many events, of a workflow that still runs.</summary>
    public static WorkflowHistory Of(int events)
    {
        // Four events begin the history, and six more come with each activity.
        int activities = Math.Max(1, (events - 4) / 6);
        SyntheticHistory history = new();
        history.Add(EventType.WorkflowExecutionStarted).WorkflowExecutionStartedEventAttributes = new()
        {
            WorkflowId = Queue,
            WorkflowType = new() { Name = "ManyActivities" },
            TaskQueue = new() { Name = Queue },
            Input = Payloads(activities + 1),
            OriginalExecutionRunId = Guid.Empty.ToString(),
            FirstExecutionRunId = Guid.Empty.ToString(),
            WorkflowTaskTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(10)),
            Attempt = 1,
        };
        long completed = history.AddWorkflowTask();
        for (int i = 1; i <= activities; i++)
        {
            history.AddActivity($"{i}", completed);
            completed = history.AddWorkflowTask();
        }

        return new(Queue, history._events);
    }

    private static Payloads Payloads(object value) => new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload(value) } };

    private HistoryEvent Add(EventType type)
    {
        HistoryEvent added = new() { EventId = _events.Count + 1, EventType = type, EventTime = Start + Duration.FromTimeSpan(TimeSpan.FromMilliseconds(_events.Count)) };
        _events.Add(added);
        return added;
    }

    private void AddActivity(string id, long completed)
    {
        HistoryEvent scheduled = Add(EventType.ActivityTaskScheduled);
        scheduled.ActivityTaskScheduledEventAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "echo" },
            TaskQueue = new() { Name = Queue },
            Input = Payloads("x"),
            StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)),
            WorkflowTaskCompletedEventId = completed,
        };
        HistoryEvent started = Add(EventType.ActivityTaskStarted);
        started.ActivityTaskStartedEventAttributes = new() { ScheduledEventId = scheduled.EventId, Attempt = 1 };
        Add(EventType.ActivityTaskCompleted).ActivityTaskCompletedEventAttributes = new()
        {
            ScheduledEventId = scheduled.EventId,
            StartedEventId = started.EventId,
            Result = Payloads("x"),
        };
    }

    private long AddWorkflowTask()
    {
        HistoryEvent scheduled = Add(EventType.WorkflowTaskScheduled);
        scheduled.WorkflowTaskScheduledEventAttributes = new() { TaskQueue = new() { Name = Queue }, Attempt = 1 };
        HistoryEvent started = Add(EventType.WorkflowTaskStarted);
        started.WorkflowTaskStartedEventAttributes = new() { ScheduledEventId = scheduled.EventId };
        HistoryEvent completed = Add(EventType.WorkflowTaskCompleted);
        completed.WorkflowTaskCompletedEventAttributes = new() { ScheduledEventId = scheduled.EventId, StartedEventId = started.EventId };
        return completed.EventId;
    }
}
