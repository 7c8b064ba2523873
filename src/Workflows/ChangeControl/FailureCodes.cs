namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The codes of failures that have no code of their own. They are printed, searched for and documented; none is ever renamed.
/// </summary>
public static class FailureCodes
{
    /// <summary>The workflow was cancelled.</summary>
    [Reason("Somebody cancelled the workflow.", "The status shows what was done before.", IsFailure = true)]
    public const string Cancelled = "CANCELLED";

    /// <summary>A person aborted the run.</summary>
    [Reason(
        "A person aborted the run, or did not agree to a point of no return, or a change of tier T1 waited for a person for longer "
            + "than its tier allows. What could be undone was undone.",
        "Read the journal for what is left.",
        IsFailure = true)]
    public const string Aborted = "ABORTED";

    /// <summary>A person accepted what a failed run left.</summary>
    [Reason("A person accepted the state that a failed run left behind.", "Nothing; the journal shows it.", IsFailure = true)]
    public const string AcceptedAsIs = "ACCEPTED_AS_IS";

    /// <summary>Nobody answered a task in time.</summary>
    [Reason(
        "A step asked a person for something, and nobody with the role answered in time.",
        "Read the task in the evidence. Start the change again when somebody is there to answer.",
        IsFailure = true)]
    public const string TaskExpired = "TASK_EXPIRED";

    /// <summary>A failure without a type.</summary>
    [Reason("A failure without a code.", "The sentence is all that is known; the Temporal UI has the stack.", IsFailure = true)]
    public const string Failed = "FAILED";

    /// <summary>What the code of a timeout begins with; its kind follows, such as <c>HEARTBEAT</c>.</summary>
    public const string TimeoutPrefix = "TIMEOUT_";

    /// <summary>An activity did not succeed within all its tries.</summary>
    [Reason(
        "An activity did not succeed within all its attempts.", "The sentence names it. Its last error is in the Temporal UI.",
        IsFailure = true)]
    public const string TimeoutScheduleToClose = TimeoutPrefix + "SCHEDULETOCLOSE";

    /// <summary>One try of an activity took too long.</summary>
    [Reason("One attempt of an activity took too long.", "As above.", IsFailure = true)]
    public const string TimeoutStartToClose = TimeoutPrefix + "STARTTOCLOSE";

    /// <summary>No worker took an activity.</summary>
    [Reason(
        "No worker took an activity.", "Start a worker: it polls the task queues `orchestrator` and `orchestrator-watches`.",
        IsFailure = true)]
    public const string TimeoutScheduleToStart = TimeoutPrefix + "SCHEDULETOSTART";

    /// <summary>The worker that ran an activity was lost.</summary>
    [Reason("The worker that ran an activity was lost.", "As above.", IsFailure = true)]
    public const string TimeoutHeartbeat = TimeoutPrefix + "HEARTBEAT";
}
