using System.Text.RegularExpressions;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What an installation's policy says of a request. Pure.</summary>
internal static class PolicyRules
{
    /// <summary>Every reason why the policy does not let the change run; a plan alone is always allowed.</summary>
    public static IReadOnlyList<Refusal> Check(ChangePolicy policy, ChangeRequest request, ChangeTier tier, string requestedBy) =>
        request.Mode == ChangeMode.Execute
            ? [.. Actors(policy, requestedBy), .. Ticket(policy, request.Ticket, tier), .. Approvals(policy, tier, requestedBy)]
            : [];

    /// <summary>Why a plan cannot be put back in the time that its tier allows; empty where it can.</summary>
    public static IReadOnlyList<Refusal> CheckUndo(ChangePolicy policy, ChangeTier tier, PlanEstimate estimate) =>
        policy.Tiers.FirstOrDefault(row => row.Tier == tier)?.UndoWithin is { } limit && estimate.Undo > limit
            ?
            [
                Refusal.Block(
                    ReasonCodes.RollbackSlaUnreachable,
                    $"Undoing everything is expected to take {estimate.Undo.TotalMinutes:0.#} min; "
                        + $"the limit for tier {tier} is {limit.TotalMinutes:0.#} min.",
                    $"tier {tier}",
                    $"{estimate.Undo.TotalMinutes:0.#} min",
                    $"{limit.TotalMinutes:0.#} min",
                    tier == ChangeTier.T3 ? "Change less at a time." : $"Request it with TierAtLeast {tier + 1}."),
            ]
            : [];

    private static IEnumerable<Refusal> Ticket(ChangePolicy policy, string? ticket, ChangeTier tier)
    {
        if (policy.TicketPattern is not { } pattern)
        {
            yield break;
        }

        string rule = $"the policy of profile {policy.Profile} requires one that matches {pattern}";
        if (ticket is null && tier >= ChangeTier.T2)
        {
            yield return Refusal.Block(ReasonCodes.InputInvalid,
                $"Change.Ticket is missing: from tier T2 on, {rule}, and this change has tier {tier}.", "Change.Ticket", "none", pattern);
        }
        else if (ticket is not null
            && !Regex.IsMatch(ticket, $@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))
        {
            yield return Refusal.Block(ReasonCodes.InputInvalid,
                $"Change.Ticket '{ticket}' is not a valid ticket: {rule}.", "Change.Ticket", ticket, pattern);
        }
    }

    private static IEnumerable<Refusal> Actors(ChangePolicy policy, string requestedBy)
    {
        if (!policy.AllowUnverifiedActors && Actor.IsUnverified(requestedBy))
        {
            yield return Refusal.Block(
                ReasonCodes.ActorUnverified,
                $"The name '{requestedBy}' is not verified; profile {policy.Profile} accepts changes only from verified people.",
                requestedBy);
        }
    }

    private static IEnumerable<Refusal> Approvals(ChangePolicy policy, ChangeTier tier, string requestedBy)
    {
        if (policy.Tiers.FirstOrDefault(row => row.Tier == tier) is not { } row)
        {
            yield return Refusal.Block(
                ReasonCodes.QuorumImpossible, $"The policy of profile {policy.Profile} does not say who approves a change of tier {tier}.",
                $"tier {tier}");
        }
        else if (Quorum.Refuse(tier, row.Approvals, policy.Voters, requestedBy) is { } refusal)
        {
            yield return refusal;
        }
    }
}
