namespace Orchestrator.Activities.Targets;

/// <summary>What a tier asks of a change.</summary>
public sealed class TierOptions
{
    /// <summary>Who must say yes: role to number of people. Default: one <c>peer</c>. A number of 0 asks nobody.</summary>
    public Dictionary<string, int> Approvals { get; } = new(StringComparer.Ordinal);

    /// <summary>How long votes are taken. Default: 24 hours for T1, 72 hours for T2, 7 days for T3.</summary>
    public TimeSpan? DecideWithin { get; set; }
}
