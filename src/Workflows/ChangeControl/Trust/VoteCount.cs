using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.ChangeControl.Trust;

/// <summary>Counts the votes of an approval once more, whoever says how it came out. Pure.</summary>
public static class VoteCount
{
    /// <summary>Why an approval that says that it is granted is not, in one sentence; null where its votes add up to that.</summary>
    /// <param name="asked">What was asked: the plan, who must say yes, and who asked for the change.</param>
    /// <param name="answer">What came of it.</param>
    /// <param name="from">When it was asked.</param>
    /// <param name="until">When the answer came.</param>
    public static string? Refuse(ApproveChangeInput asked, ApprovalStatus answer, DateTimeOffset from, DateTimeOffset until)
    {
        if (answer.PlanHash != asked.PlanHash)
        {
            return $"It is for plan {answer.PlanHash}, but {asked.PlanHash} was asked for.";
        }

        // A vote that arrives with the answer counts as well.
        Ballot ballot = new(asked, until + TimeSpan.FromTicks(1));
        foreach (CastVote cast in answer.Votes)
        {
            if (cast.At < from || cast.At > until)
            {
                return $"{cast.Voter} voted at {cast.At:u}, but voting was open from {from:u} to {until:u}.";
            }

            Vote vote = new(answer.PlanHash, cast.Decision, cast.Voter, cast.Comment, cast.Role);
            if (RefuseOrigin(vote) is { } unproven)
            {
                return unproven;
            }

            if (ballot.Refuse(vote, cast.At) is { } refusal)
            {
                return refusal.Sentence;
            }

            ballot.Cast(vote, cast.At);
        }

        return ballot.Decision == ApprovalDecision.Granted ? null : ballot.Status().Sentence;
    }

    /// <summary>Why a vote is not known to be from its voter, in one sentence; null where it is taken for that.</summary>
    /// <remarks>
    /// The one place where signatures of votes are to be verified. Today a vote carries none: its name says of itself that nobody vouches
    /// for it (<c>unverified:NAME</c>), the ballot takes such names where the policy allows them alone, and whoever can call Temporal's API
    /// can vote under any name. A statement that the gateway signs for the voter, over the plan's hash and the decision, is checked here,
    /// by the run and by every activity that writes; then neither who polls the task queue nor who owns Temporal can make votes up.
    /// </remarks>
    public static string? RefuseOrigin(Vote vote) =>
        Actor.IsUnverified(vote.Actor) ? null : $"The voter '{vote.Actor}' cannot be verified yet.";
}
