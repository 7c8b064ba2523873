namespace Temporalio.Activities;

/// <summary>Why an activity's cancellation token was cancelled.</summary>
public enum ActivityCancelReason
{
    /// <summary>Not cancelled.</summary>
    None,

    /// <summary>The server no longer knows this attempt: its workflow has closed, or it timed out.</summary>
    GoneFromServer,

    /// <summary>The workflow asked for it. Learned through a heartbeat.</summary>
    CancelRequested,

    /// <summary>A timeout of the activity passed on the worker's own clock.</summary>
    Timeout,

    /// <summary>The worker is shutting down and its grace period is over.</summary>
    WorkerShutdown,

    /// <summary>The details of a heartbeat could not be converted to payloads.</summary>
    HeartbeatRecordFailure,

    /// <summary>An operator paused the activity. Learned through a heartbeat.</summary>
    Paused,

    /// <summary>An operator reset the activity. Learned through a heartbeat.</summary>
    Reset,
}
