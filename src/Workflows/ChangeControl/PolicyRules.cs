using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What an installation's policy says of a request. Pure.</summary>
internal static class PolicyRules
{
    /// <summary>Every reason why the policy does not let the change run; a plan alone is always allowed.</summary>
    public static IReadOnlyList<Refusal> Check(ChangePolicy policy, ChangeRequest request, ChangeTier tier, string requestedBy) =>
        request.Mode == ChangeMode.Execute ? [.. Actors(policy, requestedBy), .. Approvals(policy, tier, requestedBy)] : [];

    private static IEnumerable<Refusal> Actors(ChangePolicy policy, string requestedBy)
    {
        if (!policy.AllowUnverifiedActors && Actor.IsUnverified(requestedBy))
        {
            yield return Refusal.Block(
                ReasonCodes.ActorUnverified,
                $"Nobody vouches for the name '{requestedBy}'; profile {policy.Profile} takes changes from verified people alone.",
                requestedBy);
        }
    }

    private static IEnumerable<Refusal> Approvals(ChangePolicy policy, ChangeTier tier, string requestedBy)
    {
        if (policy.Tiers.FirstOrDefault(row => row.Tier == tier) is not { } row)
        {
            yield return Refusal.Block(
                ReasonCodes.QuorumImpossible, $"The policy of profile {policy.Profile} does not say who approves a change of tier {tier}.", $"tier {tier}");
        }
        else if (Quorum.Refuse(tier, row.Approvals, policy.Voters, requestedBy) is { } refusal)
        {
            yield return refusal;
        }
    }
}
