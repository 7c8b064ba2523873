using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Activities.Targets;

/// <summary>Builds the policy from the configuration, with defaults filled in. Pure.</summary>
internal static class PolicyReading
{
    public const string Peer = "peer";

    // OPS-1234
    private const string Ticket = "[A-Z][A-Z0-9]+-[0-9]+";

    private static readonly TierPolicy[] Defaults =
    [
        new(ChangeTier.T1, [new(Peer, 1)], TimeSpan.FromHours(24)) { ValidFor = TimeSpan.FromHours(
            24), PauseLimit = TimeSpan.FromMinutes(5), SoakFor = TimeSpan.FromMinutes(5), UndoWithin = TimeSpan.FromMinutes(5) },
        new(ChangeTier.T2, [new("team-lead", 1)], TimeSpan.FromHours(72))
        {
            ValidFor = TimeSpan.FromHours(72),
            PauseLimit = TimeSpan.FromMinutes(15),
            SoakFor = TimeSpan.FromMinutes(15),
            UndoWithin = TimeSpan.FromMinutes(15),
        },
        new(ChangeTier.T3, [new("cab", 2), new("runbook-reviewer", 1)], TimeSpan.FromDays(7))
        {
            ValidFor = TimeSpan.FromDays(14),
            PauseLimit = TimeSpan.FromMinutes(60),
            SoakFor = TimeSpan.FromMinutes(30),
        },
    ];

    public static ChangePolicy Of(InventoryOptions options, bool notifies = false) => new(
        options.Profile,
        AllowUnverifiedActors: options.Profile == InventoryOptions.Laptop,
        [
            .. Defaults.Select(tier =>
                Tier(tier, options.Profile == InventoryOptions.Laptop, options.Tiers.GetValueOrDefault($"{tier.Tier}"))),
        ],
        new VoterRoles(
            options.EverybodyIs ?? [Peer],
            [
                .. options.Roles
                    .SelectMany(role => role.Value.Select(subject => (subject, role: role.Key)))
                    .GroupBy(row => row.subject, row => row.role, Actor.Comparer)
                    .OrderBy(person => person.Key, StringComparer.Ordinal)
                    .Select(person => new VoterRoles.Entry(person.Key, [.. person.Distinct().Order(StringComparer.Ordinal)])),
            ]))
    {
        Notifies = notifies,
        TicketPattern = options.TicketPattern ?? (options.Profile == InventoryOptions.Laptop ? null : Ticket),
    };

    // On a laptop, where nobody has a role of their own, one other person is enough for every tier, and nobody waits for a soak.
    private static TierPolicy Tier(TierPolicy tier, bool isLaptop, TierOptions? configured) => tier with
    {
        Approvals = configured?.Approvals is { Count: > 0 } approvals
            ? [.. approvals.Where(row => row.Value > 0).OrderBy(
                row => row.Key, StringComparer.Ordinal).Select(row => new ApprovalRequirement(row.Key, row.Value))]
            : isLaptop ? [new(Peer, 1)] : tier.Approvals,
        DecideWithin = configured?.DecideWithin ?? tier.DecideWithin,
        ValidFor = configured?.ValidFor ?? tier.ValidFor,
        PauseLimit = configured?.PauseLimit ?? tier.PauseLimit,
        SoakFor = configured?.SoakFor ?? (isLaptop ? null : tier.SoakFor),
        UndoWithin = configured?.UndoWithin ?? tier.UndoWithin,
    };
}
