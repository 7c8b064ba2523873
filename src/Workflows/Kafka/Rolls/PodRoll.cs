namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>A pod in a roll.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OldUid">Its UID before the roll.</param>
/// <param name="NewUid">Its UID after it was replaced.</param>
/// <param name="ReplacedAt">When its replacement was made, as the API server reports it; where it does not, when it was first seen.</param>
/// <param name="ReadyAt">Since when the replacement is Ready, as its condition tells; where it does not, when that was first seen.</param>
/// <param name="InSyncAt">When the cluster was first seen whole after that.</param>
/// <param name="Replacements">
/// How often it was replaced since the roll was triggered, at whatever revision; more than once where something beside the roll restarts
/// it.
/// </param>
public sealed record PodRoll(
    string Name,
    string OldUid,
    string? NewUid = null,
    DateTimeOffset? ReplacedAt = null,
    DateTimeOffset? ReadyAt = null,
    DateTimeOffset? InSyncAt = null,
    int Replacements = 0)
{
    /// <summary>Its UID when it was last seen; null: the one from before the roll.</summary>
    public string? SeenUid { get; init; }
}
