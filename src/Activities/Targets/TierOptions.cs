namespace Orchestrator.Activities.Targets;

/// <summary>What a tier asks of a change.</summary>
public sealed class TierOptions
{
    /// <summary>Who must say yes: role to number of people. Default: one <c>peer</c>. A number of 0 asks nobody.</summary>
    public Dictionary<string, int> Approvals { get; } = new(StringComparer.Ordinal);

    /// <summary>How long votes are taken. Default: 24 hours for T1, 72 hours for T2, 7 days for T3.</summary>
    public TimeSpan? DecideWithin { get; set; }

    /// <summary>How long an approval is good for. Default: 24 hours for T1, 72 hours for T2, 14 days for T3.</summary>
    public TimeSpan? ValidFor { get; set; }

    /// <summary>How long a pause may last before a run of tier T1 is undone. Default: 5 minutes for T1, 15 minutes for T2, 60 minutes for T3.</summary>
    public TimeSpan? PauseLimit { get; set; }
}
