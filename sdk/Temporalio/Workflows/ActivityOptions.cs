using Temporalio.Common;

namespace Temporalio.Workflows;

/// <summary>How a workflow calls an activity. One of the two "to close" timeouts is required.</summary>
public class ActivityOptions : ICloneable
{
    /// <summary>The activity's id, unique among the open activities of the run. Default: one made from a counter.</summary>
    public string? ActivityId { get; set; }

    /// <summary>Cancels the activity. Default: the workflow's own token.</summary>
    public CancellationToken? CancellationToken { get; set; }

    /// <summary>What the workflow sees when the token is cancelled. Default: the call throws at once.</summary>
    public ActivityCancellationType CancellationType { get; set; } = ActivityCancellationType.TryCancel;

    /// <summary>Whether the server must not hand the activity straight back to this worker. Default: false.</summary>
    public bool DisableEagerActivityExecution { get; set; }

    /// <summary>The longest time between two heartbeats of one attempt. Default: heartbeats are not watched.</summary>
    public TimeSpan? HeartbeatTimeout { get; set; }

    /// <summary>The order in the task queue. Default: that of the workflow.</summary>
    public Priority? Priority { get; set; }

    /// <summary>How the server retries. Default: the server's own policy, without end.</summary>
    public RetryPolicy? RetryPolicy { get; set; }

    /// <summary>The longest time from the call to its end, over all attempts. Default: that of the workflow run.</summary>
    public TimeSpan? ScheduleToCloseTimeout { get; set; }

    /// <summary>The longest time in the task queue. It is not retried. Default: unlimited.</summary>
    public TimeSpan? ScheduleToStartTimeout { get; set; }

    /// <summary>The longest time of one attempt. Default: <see cref="ScheduleToCloseTimeout"/>.</summary>
    public TimeSpan? StartToCloseTimeout { get; set; }

    /// <summary>One line of Markdown for people, shown beside the activity. Default: none.</summary>
    public string? Summary { get; set; }

    /// <summary>The task queue of the activity's workers. Default: that of the workflow.</summary>
    public string? TaskQueue { get; set; }

    /// <summary>Which build may run the activity, for workers versioned by build id.</summary>
    public VersioningIntent VersioningIntent { get; set; } = VersioningIntent.Unspecified;

    /// <inheritdoc/>
    public virtual object Clone() => MemberwiseClone();
}
