using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>What the policy says of a request before anything is read.</summary>
public sealed class PolicyRulesTests
{
    private static readonly ChangePolicy Laptop = new(
        "laptop",
        AllowUnverifiedActors: true,
        [new TierPolicy(ChangeTier.T1, [], TimeSpan.FromHours(1)), new TierPolicy(ChangeTier.T2, [new("team-lead", 1)], TimeSpan.FromHours(1))],
        new VoterRoles(["peer"], [new("bob", ["team-lead"])]));

    /// <summary>Policy, mode, tier, who asks, and the refusals.</summary>
    public static TheoryData<ChangePolicy, ChangeMode, ChangeTier, string, string[]> Rows => new()
    {
        { Laptop, ChangeMode.Execute, ChangeTier.T1, "unverified:alice", [] },
        { Laptop, ChangeMode.Execute, ChangeTier.T2, "unverified:alice", [] },
        { Laptop, ChangeMode.Execute, ChangeTier.T2, "unverified:bob", ["QUORUM_IMPOSSIBLE T2 needs 1 people besides bob (1 × team-lead); the roles resolve to 0."] },
        { Laptop, ChangeMode.Execute, ChangeTier.T3, "unverified:alice", ["QUORUM_IMPOSSIBLE The policy of profile laptop does not say who approves a change of tier T3."] },
        {
            Laptop with { Profile = "production", AllowUnverifiedActors = false }, ChangeMode.Execute, ChangeTier.T2, "unverified:alice",
            ["ACTOR_UNVERIFIED Nobody vouches for the name 'unverified:alice'; profile production takes changes from verified people alone."]
        },
        { Laptop with { AllowUnverifiedActors = false }, ChangeMode.Plan, ChangeTier.T3, "unverified:bob", [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void PolicyRules_Request_IsRefusedBeforeAnythingIsRead(ChangePolicy policy, ChangeMode mode, ChangeTier tier, string requester, string[] refusals) =>
        Assert.Equal(
            refusals,
            PolicyRules.Check(policy, new ChangeRequest { Mode = mode }, tier, requester).Select(refusal => $"{refusal.Code} {refusal.Sentence}"));
}
