using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What an installation asks of a change.</summary>
/// <param name="Profile">The installation's profile, such as <c>laptop</c>.</param>
/// <param name="AllowUnverifiedActors">Whether an unverified name may ask and vote; true only in the laptop profile.</param>
/// <param name="Tiers">What each tier asks.</param>
/// <param name="Voters">Who has which role.</param>
public sealed record ChangePolicy(string Profile, bool AllowUnverifiedActors, IReadOnlyList<TierPolicy> Tiers, VoterRoles Voters)
{
    /// <summary>
    /// What a ticket looks like, as a regular expression for the whole of it: then changes from tier T2 on need one. Null: none does.
    /// </summary>
    public string? TicketPattern { get; init; }

    /// <summary>Whether people are told of what happens to changes: there is a route for notices.</summary>
    public bool Notifies { get; init; }

    /// <summary>What a tier asks.</summary>
    /// <exception cref="InvalidOperationException">The policy has no such tier.</exception>
    public TierPolicy Of(ChangeTier tier) =>
        Tiers.FirstOrDefault(row => row.Tier == tier)
            ?? throw new InvalidOperationException($"The policy of profile {Profile} has no tier {tier}.");
}
