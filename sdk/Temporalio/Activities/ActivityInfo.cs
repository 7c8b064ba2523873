using Temporalio.Common;
using Temporalio.Converters;
using Payload = Temporalio.Api.Common.V1.Payload;

namespace Temporalio.Activities;

/// <summary>What an activity knows about the attempt that it runs in.</summary>
/// <param name="ActivityId">The id of the activity, the same for all attempts and unique among the workflow's open activities.</param>
/// <param name="ActivityType">The type that the workflow asked for.</param>
/// <param name="Attempt">The number of this attempt; the first is 1.</param>
/// <param name="CurrentAttemptScheduledTime">When this attempt was put into the task queue, UTC.</param>
/// <param name="DataConverter">The converter of this activity's payloads.</param>
/// <param name="HeartbeatDetails">The details of the last heartbeat that the server has, from this or an earlier attempt.</param>
/// <param name="HeartbeatTimeout">The longest time between heartbeats; null if there is none.</param>
/// <param name="IsLocal">Whether it is a local activity.</param>
/// <param name="Namespace">The namespace of the activity.</param>
/// <param name="Priority">The priority that the workflow asked for.</param>
/// <param name="RetryPolicy">The policy that the server retries by; null if it said none.</param>
/// <param name="ScheduleToCloseTimeout">The longest time from scheduling to the last result; null if there is none.</param>
/// <param name="ScheduledTime">When the activity was first scheduled, UTC.</param>
/// <param name="StartToCloseTimeout">The longest time of one attempt; null if there is none.</param>
/// <param name="StartedTime">When this attempt started by the server's clock, UTC.</param>
/// <param name="TaskQueue">The task queue that the attempt came from.</param>
/// <param name="TaskToken">The bytes that name this attempt to the server.</param>
/// <param name="WorkflowId">The id of the workflow; null for an activity without one.</param>
/// <param name="WorkflowNamespace">The namespace of the workflow; null for an activity without one.</param>
/// <param name="WorkflowRunId">The run of the workflow; null for an activity without one.</param>
/// <param name="WorkflowType">The type of the workflow; null for an activity without one.</param>
public record ActivityInfo(
    string ActivityId,
    string ActivityType,
    int Attempt,
    DateTime CurrentAttemptScheduledTime,
    DataConverter DataConverter,
    IReadOnlyCollection<Payload> HeartbeatDetails,
    TimeSpan? HeartbeatTimeout,
    bool IsLocal,
    string Namespace,
    Priority? Priority,
    RetryPolicy? RetryPolicy,
    TimeSpan? ScheduleToCloseTimeout,
    DateTime ScheduledTime,
    TimeSpan? StartToCloseTimeout,
    DateTime StartedTime,
    string TaskQueue,
    byte[] TaskToken,
    string? WorkflowId,
    string? WorkflowNamespace,
    string? WorkflowRunId,
    string? WorkflowType)
{
    /// <summary>Whether a workflow scheduled the activity.</summary>
    public bool IsWorkflowActivity => WorkflowId is not null;

    /// <summary>What every log line of the activity carries.</summary>
    internal IReadOnlyDictionary<string, object?> LogScope => new Dictionary<string, object?>
    {
        ["ActivityId"] = ActivityId,
        ["ActivityType"] = ActivityType,
        ["Attempt"] = Attempt,
        ["Namespace"] = Namespace,
        ["WorkflowId"] = WorkflowId,
        ["WorkflowRunId"] = WorkflowRunId,
        ["WorkflowType"] = WorkflowType,
    };

    /// <summary>Converts one of the <see cref="HeartbeatDetails"/>.</summary>
    /// <typeparam name="T">The type to convert to.</typeparam>
    /// <param name="index">The position of the detail in the heartbeat; the first is 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last heartbeat has no detail at this position.</exception>
    public Task<T> HeartbeatDetailAtAsync<T>(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, HeartbeatDetails.Count);
        return DataConverter.ToValueAsync<T>(HeartbeatDetails.ElementAt(index));
    }
}
