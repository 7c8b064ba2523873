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
        [new TierPolicy(ChangeTier.T1, [], TimeSpan.FromHours(1)),
            new TierPolicy(ChangeTier.T2, [new("team-lead", 1)], TimeSpan.FromHours(1))],
        new VoterRoles(["peer"], [new("bob", ["team-lead"])]));

    /// <summary>Policy, mode, tier, who asks, and the refusals.</summary>
    public static TheoryData<ChangePolicy, ChangeMode, ChangeTier, string, string[]> Rows => new()
    {
        { Laptop, ChangeMode.Execute, ChangeTier.T1, "unverified:alice", [] },
        { Laptop, ChangeMode.Execute, ChangeTier.T2, "unverified:alice", [] },
        { Laptop, ChangeMode.Execute, ChangeTier.T2, "unverified:bob",
            ["QUORUM_IMPOSSIBLE T2 needs 1 approvers other than bob (1 × team-lead); the roles provide 0."] },
        { Laptop, ChangeMode.Execute, ChangeTier.T3, "unverified:alice",
            ["QUORUM_IMPOSSIBLE The policy of profile laptop does not say who approves a change of tier T3."] },
        {
            Laptop with { Profile = "production", AllowUnverifiedActors = false }, ChangeMode.Execute, ChangeTier.T2, "unverified:alice",
            ["ACTOR_UNVERIFIED The name 'unverified:alice' is not verified; "
                + "profile production accepts changes only from verified people."]
        },
        { Laptop with { AllowUnverifiedActors = false }, ChangeMode.Plan, ChangeTier.T3, "unverified:bob", [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void PolicyRules_Request_IsRefusedBeforeAnythingIsRead(ChangePolicy policy, ChangeMode mode, ChangeTier tier, string requester,
        string[] refusals) =>
        Assert.Equal(
            refusals,
            PolicyRules.Check(policy, new ChangeRequest { Mode = mode }, tier, requester)
                .Select(refusal => $"{refusal.Code} {refusal.Sentence}"));

    /// <summary>A ticket, the tier, and what is said of it under a policy that asks for tickets.</summary>
    public static TheoryData<string?, ChangeTier, string?> Tickets => new()
    {
        { null, ChangeTier.T1, null },
        { "OPS-12", ChangeTier.T1, null },
        { "OPS-12", ChangeTier.T2, null },
        { null, ChangeTier.T2, "Change.Ticket is missing: "
            + "from tier T2 on, the policy of profile laptop requires one that matches [A-Z]+-[0-9]+, and this change has tier T2." },
        { "ops", ChangeTier.T1,
            "Change.Ticket 'ops' is not a valid ticket: the policy of profile laptop requires one that matches [A-Z]+-[0-9]+." },
        { "OPS-12x", ChangeTier.T2,
            "Change.Ticket 'OPS-12x' is not a valid ticket: the policy of profile laptop requires one that matches [A-Z]+-[0-9]+." },
    };

    [Theory]
    [MemberData(nameof(Tickets))]
    public void PolicyRules_TicketsAskedFor_AreThereFromTierT2AndOfTheirForm(string? ticket, ChangeTier tier, string? sentence)
    {
        ChangeRequest request = new() { Mode = ChangeMode.Execute, Ticket = ticket };

        Refusal? refusal = PolicyRules.Check(Laptop with { TicketPattern = "[A-Z]+-[0-9]+" }, request, tier, "unverified:alice")
            .SingleOrDefault();

        Assert.Equal((sentence is null ? null : ReasonCodes.InputInvalid, sentence), (refusal?.Code, refusal?.Sentence));
        Assert.Empty(PolicyRules.Check(Laptop, request with { Ticket = null }, tier, "unverified:alice"));
    }

    [Theory]
    [InlineData(15, null)]
    [InlineData(16, "Undoing everything is expected to take 16 min; the limit for tier T2 is 15 min.")]
    public void PolicyRules_UndoLongerThanTheTierAllows_IsRefused(int minutes, string? sentence)
    {
        ChangePolicy policy = Laptop with
        {
            Tiers = [new TierPolicy(ChangeTier.T2, [], TimeSpan.FromHours(1)) { UndoWithin = TimeSpan.FromMinutes(15) }],
        };

        Refusal? refusal = PolicyRules.CheckUndo(policy, ChangeTier.T2, new(TimeSpan.Zero, TimeSpan.FromMinutes(minutes)))
            .SingleOrDefault();

        Assert.Equal((sentence, sentence is null ? null : "Request it with TierAtLeast T3."), (refusal?.Sentence, refusal?.HowToResolve));
    }
}
