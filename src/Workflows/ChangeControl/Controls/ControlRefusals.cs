namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>Why a control is refused, in the order in which it is checked; a refused update leaves no trace in the history.</summary>
public static class ControlRefusals
{
    /// <summary>The run is in a state in which that cannot be asked.</summary>
    public const string NotInThisState = "NOT_IN_THIS_STATE";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>Who asks is neither the requester nor has a role that may.</summary>
    public const string ActorLacksRole = "ACTOR_LACKS_ROLE";

    /// <summary>The reason is missing or too short.</summary>
    public const string ReasonRequired = "REASON_REQUIRED";

    /// <summary>The step that was named is not the one that the run is at.</summary>
    public const string StepUnknown = "STEP_UNKNOWN";

    /// <summary>The step cannot be skipped: the procedure does not allow it.</summary>
    public const string StepNotSkippable = "STEP_NOT_SKIPPABLE";

    /// <summary>A step is not tried again with another input: that would be another plan, and needs another change.</summary>
    public const string EditRefused = "EDIT_REFUSED";

    /// <summary>The person who revokes a vote has not voted.</summary>
    public const string VoterHasNotVoted = "VOTER_HAS_NOT_VOTED";
}
