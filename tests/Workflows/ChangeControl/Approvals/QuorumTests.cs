using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.Tests.ChangeControl.Approvals;

/// <summary>
/// Whether there are people enough: bob, carol and dave lead teams, dave sits on the cab, erin audits, everybody is a peer.
/// </summary>
public sealed class QuorumTests
{
    private const string? Enough = null;

    /// <summary>Places, who asks, and why there are too few people.</summary>
    public static TheoryData<(string, int)[], string, string?> Rows => new()
    {
        { [], "unverified:alice", Enough },
        { [("peer", 9)], "unverified:alice", Enough },
        { [("team-lead", 3)], "unverified:alice", Enough },
        { [("team-lead", 2), ("cab", 1)], "unverified:alice", Enough },
        { [("cab", 1), ("team-lead", 2)], "unverified:alice", Enough },
        { [("team-lead", 3)], "unverified:bob", "T3 needs 3 approvers other than bob (3 × team-lead); the roles provide 2." },
        { [("team-lead", 4)], "unverified:alice", "T3 needs 4 approvers other than alice (4 × team-lead); the roles provide 3." },
        { [("team-lead", 3), ("cab", 1)], "unverified:alice",
            "T3 needs 4 approvers other than alice (3 × team-lead, 1 × cab); the roles provide 3." },
        { [("peer", 2), ("cab", 1)], "unverified:dave", "T3 needs 1 approvers other than dave (1 × cab); the roles provide 0." },
        { [("vp-engineering", 1)], "unverified:alice", "T3 needs 1 approvers other than alice (1 × vp-engineering); the roles provide 0." },
        { [("auditor", 1)], "unverified:alice", "T3 needs 1 approvers other than alice (1 × auditor); the roles provide 0." },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Quorum_PeopleOfTheConfiguration_AreEnoughOrTheSentenceSaysHowMany((string, int)[] places, string requester,
        string? sentence)
    {
        Refusal? refusal = Quorum.Refuse(
            ChangeTier.T3, [.. places.Select(place => new ApprovalRequirement(place.Item1, place.Item2))], Ballots.Roles, requester);

        Assert.Equal(sentence, refusal?.Sentence);
        Assert.Equal(sentence is null ? null : ReasonCodes.QuorumImpossible, refusal?.Code);
    }
}
