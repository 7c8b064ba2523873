using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What a tier asks of a change.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Approvals">Who must say yes; empty where nobody must.</param>
/// <param name="DecideWithin">How long votes are taken.</param>
public sealed record TierPolicy(
    ChangeTier Tier,
    IReadOnlyList<ApprovalRequirement> Approvals,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan DecideWithin)
{
    /// <summary>How long an approval is good for; who starts later asks again. Default: 24 hours.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a pause may last before a run of tier T1 is undone, and before others are escalated. Default: 15 minutes.
    /// </summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PauseLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the checks at the end must stay good before the change has succeeded. Null or zero: they are made once.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? SoakFor { get; init; }

    /// <summary>What putting everything back may take at most; a plan that needs longer is refused. Null: whatever its plan says.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? UndoWithin { get; init; }
}
