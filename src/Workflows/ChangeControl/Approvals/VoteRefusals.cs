namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Why a vote is refused, in the order in which it is checked; a refused vote leaves no trace in the history.</summary>
public static class VoteRefusals
{
    /// <summary>No vote is waited for any more.</summary>
    public const string NotWaiting = "NOT_WAITING";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The vote is for another plan.</summary>
    public const string PlanHashMismatch = "PLAN_HASH_MISMATCH";

    /// <summary>The time to vote is over.</summary>
    public const string ApprovalExpired = "APPROVAL_EXPIRED";

    /// <summary>Nobody approves their own change.</summary>
    public const string VoterIsRequester = "VOTER_IS_REQUESTER";

    /// <summary>One person, one vote.</summary>
    public const string VoterAlreadyVoted = "VOTER_ALREADY_VOTED";

    /// <summary>The voter has none of the roles that are still open.</summary>
    public const string VoterLacksRole = "VOTER_LACKS_ROLE";

    /// <summary>A rejection says why, and so does every vote on a change of tier T3.</summary>
    public const string CommentRequired = "COMMENT_REQUIRED";

    /// <summary>The person who revokes a vote has not voted.</summary>
    public const string VoterHasNotVoted = "VOTER_HAS_NOT_VOTED";
}
