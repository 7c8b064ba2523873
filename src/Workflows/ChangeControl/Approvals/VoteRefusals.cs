namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Why a vote is refused, in the order in which it is checked; a refused vote leaves no trace in the history.</summary>
[ReasonTable("Refused votes")]
public static class VoteRefusals
{
    /// <summary>No vote is waited for any more.</summary>
    [Reason("The change is not waiting for votes: it is decided, expired or withdrawn. The sentence says which.", "Nothing.")]
    public const string NotWaiting = "NOT_WAITING";

    /// <summary>The name is not verified, and this installation requires that; or it lacks the prefix of unverified names.</summary>
    [Reason(
        "The voter's name is not verified, and the installation requires that. Or the name does not have the form "
            + "`unverified:NAME`.",
        "As for the refusal of that name.")]
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The vote is for another plan.</summary>
    [Reason(
        "The vote is for another plan than the one that is waiting for approval.",
        "Look at the plan again, and vote on what you saw.")]
    public const string PlanHashMismatch = "PLAN_HASH_MISMATCH";

    /// <summary>The time to vote is over.</summary>
    [Reason("The time to vote is over.", "Start the change again.")]
    public const string ApprovalExpired = "APPROVAL_EXPIRED";

    /// <summary>Nobody approves their own change.</summary>
    [Reason("Nobody may approve their own change.", "Ask somebody else.")]
    public const string VoterIsRequester = "VOTER_IS_REQUESTER";

    /// <summary>One person, one vote.</summary>
    [Reason(
        "Each person has one vote. The sentence says which vote counts.",
        "Ask somebody else; or revoke the vote with `sop revoke`, and vote again.")]
    public const string VoterAlreadyVoted = "VOTER_ALREADY_VOTED";

    /// <summary>The voter has none of the roles that are still open.</summary>
    [Reason(
        "The voter has none of the roles that are needed, or those roles have voted already. An auditor never votes.",
        "Ask somebody with a role that the sentence names as open.")]
    public const string VoterLacksRole = "VOTER_LACKS_ROLE";

    /// <summary>A rejection says why, and so does every vote on a change of tier T3.</summary>
    [Reason("A rejection needs a comment, and in tier T3 every vote does.", "Vote with `--comment`.")]
    public const string CommentRequired = "COMMENT_REQUIRED";

    /// <summary>The person who revokes a vote has not voted.</summary>
    [Reason("There is no vote to revoke: the person has not voted.", "Nothing.")]
    public const string VoterHasNotVoted = "VOTER_HAS_NOT_VOTED";
}
