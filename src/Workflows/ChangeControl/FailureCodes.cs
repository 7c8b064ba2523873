namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The codes of failures that have no code of their own. They are printed, searched for and documented; none is ever renamed.
/// </summary>
public static class FailureCodes
{
    /// <summary>The workflow was cancelled.</summary>
    public const string Cancelled = "CANCELLED";

    /// <summary>A person aborted the run.</summary>
    public const string Aborted = "ABORTED";

    /// <summary>A person accepted what a failed run left.</summary>
    public const string AcceptedAsIs = "ACCEPTED_AS_IS";

    /// <summary>A failure without a type.</summary>
    public const string Failed = "FAILED";

    /// <summary>What the code of a timeout begins with; its kind follows, such as <c>HEARTBEAT</c>.</summary>
    public const string TimeoutPrefix = "TIMEOUT_";
}
