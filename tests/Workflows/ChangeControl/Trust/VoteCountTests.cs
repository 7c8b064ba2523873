using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Tests.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Trust;

/// <summary>Whoever answers for an approval is believed as far as its votes go.</summary>
public sealed class VoteCountTests
{
    private static readonly DateTimeOffset Asked = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Answered = Asked.AddMinutes(10);
    private static readonly CastVote Bob = new("unverified:bob", "team-lead", VoteDecision.Approve, null, Asked.AddMinutes(5));
    private static readonly CastVote Carol = Bob with { Voter = "unverified:carol" };

    private static readonly ApproveChangeInput Input = new(
        "CHG-20261121-ABCD-EFGH-JKMN-PQRS",
        SamplePlan.Plan,
        "hash",
        "unverified:alice",
        "reason",
        [new ApprovalRequirement("team-lead", 2)],
        new VoterRoles(["peer"], [new("alice", ["team-lead"]), new("bob", ["team-lead"]), new("carol", ["team-lead"])]),
        TimeSpan.FromHours(1),
        AllowUnverifiedVotes: true);

    /// <summary>What a child could answer that nobody voted for.</summary>
    public static TheoryData<string, ApprovalStatus> Untrue => new()
    {
        { "no votes", Granted() },
        { "one of two", Granted(Bob) },
        { "the same person twice", Granted(Bob, Bob) },
        { "the same person, other spelling of the role", Granted(Bob, Bob with { Role = "peer" }) },
        { "the requester", Granted(Bob, Bob with { Voter = "unverified:alice" }) },
        { "without the role", Granted(Bob, Bob with { Voter = "unverified:mallory" }) },
        { "a role that nobody asked for", Granted(Bob, Carol with { Role = "peer" }) },
        { "a name that passes for verified", Granted(Bob, Carol with { Voter = "carol" }) },
        { "a no", Granted(Bob, Carol with { Decision = VoteDecision.Reject, Comment = "no" }) },
        { "before it was asked", Granted(Bob, Carol with { At = Asked.AddTicks(-1) }) },
        { "after the answer", Granted(Bob, Carol with { At = Answered.AddTicks(1) }) },
        { "another plan", Granted(Bob, Carol) with { PlanHash = "other" } },
    };

    [Fact]
    public void Votes_ThatFillEveryPlace_Count() =>
        Assert.Null(VoteCount.Refuse(Input, Granted(Bob, Carol with { At = Answered }), Asked, Answered));

    [Theory]
    [MemberData(nameof(Untrue))]
    public void Votes_ThatDoNotAddUp_AreToldWhy(string what, ApprovalStatus answer) =>
        Assert.False(string.IsNullOrEmpty(VoteCount.Refuse(Input, answer, Asked, Answered)), what);

    private static ApprovalStatus Granted(params CastVote[] votes) =>
        new(ApprovalDecision.Granted, "hash", votes, [], Asked.AddHours(1), "Approved.");
}
