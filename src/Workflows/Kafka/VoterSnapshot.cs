using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>A voter of the KRaft quorum.</summary>
/// <param name="Id">Its node id.</param>
/// <param name="LogEndOffset">The end of its metadata log; null where it does not answer.</param>
/// <param name="Lag">How many records it is behind the leader; null where that is not known.</param>
/// <param name="CaughtUp">Whether it follows the same leader in the same epoch and lags at most 1,000 records.</param>
/// <param name="Unread">Why it could not be asked, in one sentence; null where it answers.</param>
public sealed record VoterSnapshot(int Id, long? LogEndOffset, long? Lag, bool CaughtUp, string? Unread = null)
{
    /// <summary>
    /// How many records a voter that counts as caught up may be behind the leader: the default of the operator's own check, maxLeoLag.
    /// </summary>
    public const long LagAllowed = 1000;

    /// <summary>
    /// How long ago it last had everything that the leader has; null where the leader does not tell. From 2 s on it is not caught up.
    /// </summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan? BehindFor { get; init; }
}
