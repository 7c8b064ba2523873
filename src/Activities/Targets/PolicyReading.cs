using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Activities.Targets;

/// <summary>Makes the policy out of the configuration, defaults filled in. Pure.</summary>
internal static class PolicyReading
{
    public const string Peer = "peer";

    private static readonly Dictionary<ChangeTier, TimeSpan> DecideWithin = new()
    {
        [ChangeTier.T1] = TimeSpan.FromHours(24),
        [ChangeTier.T2] = TimeSpan.FromHours(72),
        [ChangeTier.T3] = TimeSpan.FromDays(7),
    };

    public static ChangePolicy Of(InventoryOptions options) => new(
        options.Profile,
        AllowUnverifiedActors: options.Profile == InventoryOptions.Laptop,
        [.. DecideWithin.Select(tier => Tier(tier.Key, tier.Value, options.Tiers.GetValueOrDefault($"{tier.Key}")))],
        new VoterRoles(
            options.EverybodyIs ?? [Peer],
            [
                .. options.Roles
                    .SelectMany(role => role.Value.Select(subject => (subject, role: role.Key)))
                    .GroupBy(row => row.subject, row => row.role, StringComparer.Ordinal)
                    .OrderBy(person => person.Key, StringComparer.Ordinal)
                    .Select(person => new VoterRoles.Entry(person.Key, [.. person.Order(StringComparer.Ordinal)])),
            ]));

    private static TierPolicy Tier(ChangeTier tier, TimeSpan decideWithin, TierOptions? configured) => new(
        tier,
        configured?.Approvals is { Count: > 0 } approvals
            ? [.. approvals.Where(row => row.Value > 0).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new ApprovalRequirement(row.Key, row.Value))]
            : [new ApprovalRequirement(Peer, 1)],
        configured?.DecideWithin ?? decideWithin);
}
