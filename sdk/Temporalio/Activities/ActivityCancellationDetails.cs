namespace Temporalio.Activities;

/// <summary>Everything that was true when an activity was cancelled; more than one may hold, where the reason names only the first.</summary>
public class ActivityCancellationDetails
{
    /// <summary>The server no longer knows this attempt.</summary>
    public bool IsGoneFromServer { get; init; }

    /// <summary>The workflow asked for it.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>A timeout of the activity passed on the worker's own clock.</summary>
    public bool IsTimedOut { get; init; }

    /// <summary>The worker is shutting down.</summary>
    public bool IsWorkerShutdown { get; init; }

    /// <summary>The details of a heartbeat could not be converted to payloads.</summary>
    public bool IsHeartbeatRecordFailure { get; init; }

    /// <summary>An operator paused the activity.</summary>
    public bool IsPaused { get; init; }

    /// <summary>An operator reset the activity.</summary>
    public bool IsReset { get; init; }
}
