namespace Orchestrator.Activities.Targets;

/// <summary>Which clusters there are and what changes to them take: section <c>Orchestrator</c>.</summary>
public sealed class InventoryOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Orchestrator";

    /// <summary>The profile in which an unverified name may ask and vote.</summary>
    public const string Laptop = "laptop";

    /// <summary>The installation's profile. Default: <c>laptop</c>.</summary>
    public string Profile { get; set; } = Laptop;

    /// <summary>
    /// The clusters, by the name that changes use for them. Default, where none is configured: every context of the kubeconfig is a
    /// cluster of that name; inside a pod without a kubeconfig, the pod's own cluster is <c>in-cluster</c>.
    /// </summary>
    public Dictionary<string, ClusterOptions> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// What each of the tiers T1, T2 and T3 asks. Default of each: one <c>peer</c>, to decide within 24 hours, 72 hours, 7 days.
    /// </summary>
    public Dictionary<string, TierOptions> Tiers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a ticket looks like, as a regular expression for the whole of it; from tier T2 on a change then needs one. Default:
    /// <c>[A-Z][A-Z0-9]+-[0-9]+</c>; in the profile <c>laptop</c> none is asked for.
    /// </summary>
    public string? TicketPattern { get; set; }

    /// <summary>Who has which role: role to people. Default: nobody has a role of their own.</summary>
    public Dictionary<string, string[]> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>The roles that everybody has. Default: <c>peer</c>.</summary>
    public IReadOnlyList<string>? EverybodyIs { get; set; }
}
