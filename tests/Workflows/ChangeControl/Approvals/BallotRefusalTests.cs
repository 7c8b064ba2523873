using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.Tests.ChangeControl.Approvals;

/// <summary>Which votes do not count, and the first reason that is given.</summary>
public sealed class BallotRefusalTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>One vote on an open ballot for one team lead (T2), and what is said to it.</summary>
    public static TheoryData<Vote, string, string> Rows => new()
    {
        { Ballots.Yes("bob") with { Actor = "bob" }, VoteRefusals.ActorUnverified,
            "The voter 'bob' must be 'unverified:' and a name; signed statements are not accepted yet." },
        { Ballots.Yes("bob") with { Actor = "unverified:" }, VoteRefusals.ActorUnverified, "The voter 'unverified:' must be" },
        {
            Ballots.Yes("bob") with { Actor = "unverified:bob\n" }, VoteRefusals.ActorUnverified,
            "The voter 'unverified:bobU+000A' has a space (U+000A)."
        },
        { Ballots.Yes("bob") with { Actor = null! }, VoteRefusals.ActorUnverified, "The voter '' must be" },
        {
            Ballots.Yes("bob") with { PlanHash = "fedcba9876543210" },
            VoteRefusals.PlanHashMismatch,
            "The vote is for plan fedcba987654, but plan 0123456789ab is waiting for approval; look at it and vote again."
        },
        {
            Ballots.Yes("bob") with { PlanHash = "0123456789abcdeg" },
            VoteRefusals.PlanHashMismatch,
            "The vote is for plan 0123456789abcdeg, but plan 0123456789abcdef is waiting for approval; look at it and vote again."
        },
        {
            Ballots.Yes("bob") with { PlanHash = "0123456789ab" },
            VoteRefusals.PlanHashMismatch,
            "The vote names only the first 12 characters of a plan's hash; it must name all 16 of them: 0123456789abcdef."
        },
        { Ballots.Yes("bob") with { PlanHash = null! }, VoteRefusals.PlanHashMismatch, "The vote is for plan (none)" },
        { Ballots.Yes("alice"), VoteRefusals.VoterIsRequester,
            "alice requested CHG-20261121-ABCDEF and so cannot vote on it; somebody else must." },
        { Ballots.No("alice"), VoteRefusals.VoterIsRequester, "alice requested CHG-20261121-ABCDEF" },
        { Ballots.Yes("frank"), VoteRefusals.VoterLacksRole, "frank has none of the roles that are still open: 1 × team-lead." },
        { Ballots.No("frank"), VoteRefusals.VoterLacksRole, "frank has none of the roles that are still open: 1 × team-lead." },
        { Ballots.Yes("bob", "cab"), VoteRefusals.VoterLacksRole, "bob cannot vote as cab; still open: 1 × team-lead." },
        { Ballots.Yes("dave", "cab"), VoteRefusals.VoterLacksRole, "dave cannot vote as cab; still open: 1 × team-lead." },
        { Ballots.Yes("erin"), VoteRefusals.VoterLacksRole, "erin has none of the roles" },
        { Ballots.No("erin"), VoteRefusals.VoterLacksRole, "erin has none of the roles" },
        { Ballots.No("bob", null), VoteRefusals.CommentRequired, "A rejection needs a comment that says why." },
        { Ballots.No("bob", "  "), VoteRefusals.CommentRequired, "A rejection needs a comment that says why." },
        { Ballots.Yes("bob", comment: null) with { Decision = (VoteDecision)7 }, VoteRefusals.CommentRequired,
            "A rejection needs a comment that says why." },
    };

    /// <summary>
    /// After the end, on a ballot for one cab on which bob has voted as team lead: each vote breaks the rule of its row and every rule of
    /// the rows below that it can break as well.
    /// </summary>
    public static TheoryData<string, Vote, DateTimeOffset> Order => new()
    {
        { VoteRefusals.ActorUnverified, new Vote("other", VoteDecision.Reject, "alice"), Ballots.Noon + Hour },
        { VoteRefusals.PlanHashMismatch, new Vote("other", VoteDecision.Reject, "unverified:alice"), Ballots.Noon + Hour },
        { VoteRefusals.ApprovalExpired, new Vote(Ballots.PlanHash, VoteDecision.Reject, "unverified:alice"), Ballots.Noon + Hour },
        { VoteRefusals.VoterIsRequester, new Vote(Ballots.PlanHash, VoteDecision.Reject, "unverified:alice"), Ballots.Noon },
        { VoteRefusals.VoterAlreadyVoted, new Vote(Ballots.PlanHash, VoteDecision.Reject, "unverified:bob"), Ballots.Noon },
        { VoteRefusals.VoterLacksRole, new Vote(Ballots.PlanHash, VoteDecision.Approve, "unverified:frank"), Ballots.Noon },
        { VoteRefusals.CommentRequired, new Vote(Ballots.PlanHash, VoteDecision.Reject, "unverified:carol"), Ballots.Noon },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Ballot_VoteThatDoesNotCount_IsToldWhy(Vote vote, string code, string sentence)
    {
        Refusal? refusal = Ballots.Open(("team-lead", 1)).Refuse(vote, Ballots.Noon);

        Assert.Equal(code, refusal?.Code);
        Assert.StartsWith(sentence, refusal!.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Order))]
    public void Ballot_VoteWithManyFaults_IsRefusedForTheFirst(string code, Vote vote, DateTimeOffset at)
    {
        Ballot ballot = Ballots.Open(ChangeTier.T3, allowUnverifiedVotes: true, ("team-lead", 1), ("cab", 1));
        ballot.Cast(Ballots.Yes("bob"));

        Assert.Equal(code, ballot.Refuse(vote, at)?.Code);
    }

    [Fact]
    public void Ballot_Decided_TakesNoVoteWhateverElseIsWrongWithIt()
    {
        Ballot ballot = Ballots.Open(("team-lead", 1));
        ballot.Cast(Ballots.Yes("bob"));

        Refusal? refusal = ballot.Refuse(new Vote("other", VoteDecision.Approve, "nobody"), Ballots.Noon + Hour);

        Assert.Equal(VoteRefusals.NotWaiting, refusal?.Code);
        Assert.Equal("CHG-20261121-ABCDEF is not waiting for votes: Approved by unverified:bob (team-lead).", refusal!.Sentence);
    }

    [Fact]
    public void Ballot_UnverifiedVotesNotAllowed_RefusesThemBeforeThePlanIsLookedAt()
    {
        Ballot ballot = Ballots.Open(ChangeTier.T2, allowUnverifiedVotes: false, ("team-lead", 1));

        Assert.Equal(VoteRefusals.ActorUnverified, ballot.Refuse(Ballots.Yes("bob") with { PlanHash = "other" }, Ballots.Noon)?.Code);
        Assert.Equal(VoteRefusals.ActorUnverified, ballot.Refuse(Ballots.Yes("bob") with { Actor = "bob" }, Ballots.Noon)?.Code);
    }

    [Fact]
    public void Ballot_LastMomentBeforeTheEnd_StillCounts()
    {
        Ballot ballot = Ballots.Open(("team-lead", 1));

        Assert.Null(ballot.Refuse(Ballots.Yes("bob"), Ballots.Noon + Hour - TimeSpan.FromTicks(1)));
        Assert.Equal(VoteRefusals.ApprovalExpired, ballot.Refuse(Ballots.Yes("bob"), Ballots.Noon + Hour)?.Code);
    }

    [Fact]
    public void Ballot_SecondVoteOfOnePerson_IsRefused()
    {
        Ballot ballot = Ballots.Open(("team-lead", 2));

        Assert.Equal(
            [VoteRefusals.VoterAlreadyVoted, VoteRefusals.VoterAlreadyVoted],
            ballot.Cast(Ballots.Yes("bob"), Ballots.Yes("bob"), Ballots.No("bob")));
        Assert.Equal(["bob team-lead"], ballot.Counted());
    }

    [Fact]
    public void Ballot_SecondVoteForAFilledRole_IsToldAsASecondVote()
    {
        Ballot ballot = Ballots.Open(("team-lead", 1), ("cab", 1));
        ballot.Cast(Ballots.Yes("bob"));

        Refusal? refusal = ballot.Refuse(Ballots.Yes("bob"), Ballots.Noon);

        Assert.Equal(VoteRefusals.VoterAlreadyVoted, refusal?.Code);
        Assert.Equal(
            "bob has already voted on CHG-20261121-ABCDEF: Approve as team-lead at 2026-11-21 12:00:00Z; "
                + "each person has one vote. To change it, revoke that vote first.",
            refusal!.Sentence);
    }

    [Fact]
    public void Ballot_TierT3_TakesNoVoteWithoutAComment()
    {
        Ballot ballot = Ballots.Open(ChangeTier.T3, allowUnverifiedVotes: true, ("team-lead", 1));

        Assert.Equal(VoteRefusals.CommentRequired, ballot.Refuse(Ballots.Yes("bob", comment: null), Ballots.Noon)?.Code);
        Assert.Null(ballot.Refuse(Ballots.Yes("bob"), Ballots.Noon));
        Assert.Null(Ballots.Open(("team-lead", 1)).Refuse(Ballots.Yes("bob", comment: null), Ballots.Noon));
    }
}
