namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>
/// The controls of a run. Each is an Update of the procedure's workflow, which takes a <see cref="ControlRequest"/>, answers with a
/// <see cref="ControlAnswer"/> and is refused with one of <see cref="ControlRefusals"/>; and a Signal of the same name, for the Temporal
/// UI, which counts only in the laptop profile. None is ever renamed.
/// </summary>
public static class ControlNames
{
    /// <summary>Stops at the next safe point; what a step has begun is ended first.</summary>
    public const string Pause = "pause";

    /// <summary>Goes on after a pause, or after the cause of a standstill was repaired.</summary>
    public const string Resume = "resume";

    /// <summary>Ends a run that has begun, and puts back what it changed.</summary>
    public const string Abort = "abort";

    /// <summary>Takes a change back before it touches anything.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>Takes the failed step once more.</summary>
    public const string RetryStep = "retry-step";

    /// <summary>Ends a run that failed and leaves what it changed.</summary>
    public const string AcceptAsIs = "accept-as-is";

    /// <summary>Leaves out the failed step, or the rest of a wait, where the procedure says that it can be.</summary>
    public const string SkipStep = "skip-step";

    /// <summary>Revokes one's own vote before the change runs; it then asks for votes again.</summary>
    public const string Revoke = "revoke";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pause, Resume, Abort, Withdraw, RetryStep, AcceptAsIs, SkipStep, Revoke];
}
