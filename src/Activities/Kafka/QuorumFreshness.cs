using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>
/// Adds to what the voters say of themselves when each last had everything that the leader had: a voter that is few records behind, for
/// long, does not follow. Pure.
/// </summary>
internal static class QuorumFreshness
{
    // controller.quorum.fetch.timeout.ms: a voter that has not caught up for so long stands for election itself.
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    /// <summary>The same quorum with those times; as it was where the leader did not tell them, or tells of another epoch.</summary>
    public static QuorumSnapshot With(QuorumSnapshot quorum, QuorumReading? told)
    {
        if (told is null || told.Leader != quorum.Leader || told.Epoch != quorum.Epoch
            || told.Voters.FirstOrDefault(voter => voter.NodeId == told.Leader)?.LastCaughtUpAt is not { } now)
        {
            return quorum;
        }

        Dictionary<int, DateTimeOffset?> times = told.Voters.ToDictionary(voter => voter.NodeId, voter => voter.LastCaughtUpAt);
        return quorum with { Voters = [.. quorum.Voters.Select(
            voter => times.GetValueOrDefault(voter.Id) is { } at ? With(voter, now - at) : voter)] };
    }

    private static VoterSnapshot With(VoterSnapshot voter, TimeSpan behind) => voter with
    {
        BehindFor = behind < TimeSpan.Zero ? TimeSpan.Zero : behind,
        CaughtUp = voter.CaughtUp && behind < Allowed,
    };
}
