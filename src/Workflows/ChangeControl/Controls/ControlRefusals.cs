namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Why a control is refused, in the order in which it is checked; a refused update leaves no trace in the history.</summary>
[ReasonTable("Refused controls")]
public static class ControlRefusals
{
    /// <summary>The run is in a state in which that cannot be asked.</summary>
    [Reason(
        "The control is not possible in the run's current state. The sentence says which controls are possible.",
        "Look at `sop status`.")]
    public const string NotInThisState = "NOT_IN_THIS_STATE";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    [Reason("The name is not verified, and the installation requires that.", "Use the profile `laptop`, which accepts unverified names.")]
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>Who asks is neither the requester nor has a role that may.</summary>
    [Reason("The person is not the requester and has neither the role `team-lead` nor `on-call-primary`.", "Let one of them do it.")]
    public const string ActorLacksRole = "ACTOR_LACKS_ROLE";

    /// <summary>The reason is missing or too short.</summary>
    [Reason("`accept-as-is` needs a reason of at least 10 characters, `skip-step` one of at least 20.", "Say why.")]
    public const string ReasonRequired = "REASON_REQUIRED";

    /// <summary>The step that was named is not the one that the run is at.</summary>
    [Reason("The step that was given is not the one that the run is at.", "Look at `sop status`.")]
    public const string StepUnknown = "STEP_UNKNOWN";

    /// <summary>The step cannot be skipped: the procedure does not allow it.</summary>
    [Reason(
        "The step cannot be skipped: checks, gates and steps that later ones depend on never can.",
        "`resume` or `retry-step` once the cause is fixed, or `abort`.")]
    public const string StepNotSkippable = "STEP_NOT_SKIPPABLE";

    /// <summary>A step is not tried again with another input: that would be another plan, and needs another change.</summary>
    [Reason(
        "A step cannot be retried with other input: that would not be the approved plan.",
        "`abort`, and start a change with that input.")]
    public const string EditRefused = "EDIT_REFUSED";

    /// <summary>The person who revokes a vote has not voted.</summary>
    [Reason("The person who revokes a vote did not approve this plan.", "Nothing. `withdraw` is for the requester.")]
    public const string VoterHasNotVoted = "VOTER_HAS_NOT_VOTED";
}
