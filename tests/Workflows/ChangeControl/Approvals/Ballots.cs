using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Tests.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Approvals;

/// <summary>
/// Ballots on change CHG-20261121-ABCDEF of <c>alice</c>, open for an hour from noon. Everybody is a peer; bob and carol are team leads,
/// dave sits on the cab, and erin audits.
/// </summary>
internal static class Ballots
{
    public const string PlanHash = "0123456789abcdef";

    public static DateTimeOffset Noon { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static VoterRoles Roles { get; } = new(
        ["peer"],
        [
            new("bob", ["team-lead"]),
            new("carol", ["team-lead"]),
            new("dave", ["cab", "team-lead"]),
            new("erin", ["auditor", "team-lead"]),
        ]);

    public static Ballot Open(params (string Role, int Count)[] places) => Open(ChangeTier.T2, true, places);

    public static Ballot Open(ChangeTier tier, bool allowUnverifiedVotes, params (string Role, int Count)[] places) => new(
        new ApproveChangeInput(
            "CHG-20261121-ABCDEF",
            SamplePlan.Plan,
            PlanHash,
            "unverified:alice",
            "monthly restart",
            [.. places.Select(place => new ApprovalRequirement(place.Role, place.Count))],
            Roles,
            TimeSpan.FromHours(1),
            allowUnverifiedVotes,
            tier),
        Noon + TimeSpan.FromHours(1));

    public static Vote Yes(string name, string? role = null, string? comment = "quiet hour") =>
        new(PlanHash, VoteDecision.Approve, $"unverified:{name}", comment, role);

    public static Vote No(string name, string? comment = "month-end closing") =>
        new(PlanHash, VoteDecision.Reject, $"unverified:{name}", comment);

    /// <summary>Casts votes as the workflow does: a refused one leaves no trace. Returns the codes of the refusals.</summary>
    public static IReadOnlyList<string> Cast(this Ballot ballot, params Vote[] votes)
    {
        List<string> refused = [];
        foreach (Vote vote in votes)
        {
            if (ballot.Refuse(vote, Noon) is { } refusal)
            {
                refused.Add(refusal.Code);
            }
            else
            {
                ballot.Cast(vote, Noon);
            }
        }

        return refused;
    }

    /// <summary>Who counts for what, such as <c>bob team-lead</c>.</summary>
    public static IReadOnlyList<string> Counted(this Ballot ballot) =>
        [.. ballot.Status().Votes.Select(vote => $"{Actor.Subject(vote.Voter)} {vote.Role}")];
}
