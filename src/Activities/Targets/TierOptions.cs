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

    /// <summary>
    /// How long a run may wait for a person before one of tier T1 is undone and others say who must decide. Default: 5 minutes for T1,
    /// 15 minutes for T2, 60 minutes for T3.
    /// </summary>
    public TimeSpan? PauseLimit { get; set; }

    /// <summary>
    /// How long the checks at the end must stay good. Default: 5 minutes for T1, 15 minutes for T2, 30 minutes for T3; in the profile
    /// <c>laptop</c> none.
    /// </summary>
    public TimeSpan? SoakFor { get; set; }

    /// <summary>What putting everything back may take. Default: 5 minutes for T1, 15 minutes for T2, no limit for T3.</summary>
    public TimeSpan? UndoWithin { get; set; }
}
