using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.Tests.ChangeControl.Approvals;

/// <summary>How votes fill places: k of n by role, one person one place, one "no" denies, silence denies.</summary>
public sealed class BallotCountTests
{
    /// <summary>Places, votes in order, and what comes of them.</summary>
    public static TheoryData<(string, int)[], Vote[], ApprovalDecision, string[], string> Rows => new()
    {
        { [], [], ApprovalDecision.Granted, [], "No vote is needed." },
        { [("team-lead", 0)], [], ApprovalDecision.Granted, [], "No vote is needed." },
        { [("team-lead", 1)], [], ApprovalDecision.Waiting, [], "Waits for 1 × team-lead until 2026-11-21 13:00:00Z." },
        { [("team-lead", 1)], [Ballots.Yes("bob")], ApprovalDecision.Granted, ["bob team-lead"],
            "Approved by unverified:bob (team-lead)." },
        { [("team-lead", 2)], [Ballots.Yes("bob")], ApprovalDecision.Waiting, ["bob team-lead"], "Waits for 1 × team-lead until" },
        {
            [("team-lead", 2)], [Ballots.Yes("bob"), Ballots.Yes("carol")], ApprovalDecision.Granted, ["bob team-lead", "carol team-lead"],
            "Approved by unverified:bob (team-lead), unverified:carol (team-lead)."
        },
        { [("team-lead", 2)], [Ballots.Yes("bob"), Ballots.No("carol")], ApprovalDecision.Denied, ["bob team-lead", "carol team-lead"],
            "unverified:carol rejected it: month-end closing" },
        { [("team-lead", 1), ("cab", 1)], [Ballots.No("bob")], ApprovalDecision.Denied, ["bob team-lead"],
            "unverified:bob rejected it: month-end closing" },

        // The rarest role first: one person is on the cab, four lead teams, everybody is a peer.
        { [("peer", 1), ("team-lead", 1), ("cab", 1)], [Ballots.Yes("dave")], ApprovalDecision.Waiting, ["dave cab"],
            "Waits for 1 × peer, 1 × team-lead until" },
        { [("peer", 1), ("team-lead", 1)], [Ballots.Yes("bob")], ApprovalDecision.Waiting, ["bob team-lead"], "Waits for 1 × peer until" },
        {
            [("peer", 1), ("team-lead", 1), ("cab", 1)], [Ballots.Yes("dave"), Ballots.Yes("bob"), Ballots.Yes("frank")],
            ApprovalDecision.Granted,
            ["dave cab", "bob team-lead", "frank peer"], "Approved by"
        },

        // A voter may choose, and a role that is asked for in two lines is still one place a person.
        { [("peer", 1), ("team-lead", 1)], [Ballots.Yes("bob", "peer")], ApprovalDecision.Waiting, ["bob peer"],
            "Waits for 1 × team-lead until" },
        { [("peer", 1), ("peer", 1)], [Ballots.Yes("frank")], ApprovalDecision.Waiting, ["frank peer"], "Waits for 1 × peer until" },

        // A no may come in any of the roles that are asked, filled ones among them.
        { [("team-lead", 1), ("cab", 1)], [Ballots.Yes("bob"), Ballots.No("carol")], ApprovalDecision.Denied,
            ["bob team-lead", "carol team-lead"], "unverified:carol rejected it" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Ballot_Votes_FillPlaces((string, int)[] places, Vote[] votes, ApprovalDecision decision, string[] counted, string sentence)
    {
        Ballot ballot = Ballots.Open(places);

        Assert.Empty(ballot.Cast(votes));

        Assert.Equal(decision, ballot.Decision);
        Assert.Equal(counted, ballot.Counted());
        Assert.StartsWith(sentence, ballot.Status().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Ballot_NobodyDecidedInTime_IsDenied()
    {
        Ballot ballot = Ballots.Open(("team-lead", 2));
        ballot.Cast(Ballots.Yes("bob"));

        ballot.Expire();

        Assert.Equal(ApprovalDecision.Expired, ballot.Decision);
        Assert.Equal("Nobody decided by 2026-11-21 13:00:00Z, so the change is denied.", ballot.Status().Sentence);
        Assert.Equal([VoteRefusals.NotWaiting], ballot.Cast(Ballots.Yes("carol")));
    }

    [Fact]
    public void BallotStatus_VotesUnderWay_NamesThePlanTheEndAndTheOpenPlaces()
    {
        Ballot ballot = Ballots.Open(("team-lead", 2), ("cab", 1));
        ballot.Cast(Ballots.Yes("bob"));

        ApprovalStatus status = ballot.Status();

        Assert.Equal(Ballots.PlanHash, status.PlanHash);
        Assert.Equal(Ballots.Noon + TimeSpan.FromHours(1), status.Until);
        Assert.Equal([new("team-lead", 1), new ApprovalRequirement("cab", 1)], status.Open);
        Assert.Equal(new CastVote("unverified:bob", "team-lead", VoteDecision.Approve, "quiet hour", Ballots.Noon),
            Assert.Single(status.Votes));
    }
}
