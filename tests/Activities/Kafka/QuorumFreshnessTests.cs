using Orchestrator.Activities.Kafka;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

/// <summary>A voter follows if it had everything of late, and not only if it is few records behind.</summary>
public sealed class QuorumFreshnessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly QuorumSnapshot Quorum = new(1, 5, [Voter(1), Voter(2), Voter(3)]);

    [Theory]
    [InlineData(1, 5, 1999, true, 1.999)]
    [InlineData(1, 5, 2000, false, 2.0)]
    [InlineData(1, 5, -3, true, 0.0)]
    [InlineData(2, 5, 9000, true, null)]
    [InlineData(1, 4, 9000, true, null)]
    [InlineData(1, 5, null, true, null)]
    public void Voter_ByWhenItLastCaughtUp_FollowsOrNot(int leader, int epoch, int? milliseconds, bool caughtUp, double? seconds)
    {
        DateTimeOffset? last = milliseconds is { } behind ? Now.AddMilliseconds(-behind) : null;
        QuorumReading told = new(leader, epoch, 10, [new(1, 10, null, Now), new(2, 10, null, Now), new(3, 10, null, last)], []);

        VoterSnapshot voter = QuorumFreshness.With(Quorum, told).Voters[2];

        Assert.Equal((caughtUp, seconds), (voter.CaughtUp, voter.BehindFor?.TotalSeconds));
    }

    [Fact]
    public void Voter_ThatIsManyRecordsBehind_IsNotCaughtUpHoweverFresh()
    {
        QuorumSnapshot behind = Quorum with { Voters = [Voter(1), Voter(2), Voter(3) with { CaughtUp = false }] };

        Assert.False(QuorumFreshness.With(behind, new(1, 5, 10, [new(1, 10, null, Now), new(3, 10, null, Now)], [])).Voters[2].CaughtUp);
        Assert.Same(behind, QuorumFreshness.With(behind, null));
    }

    private static VoterSnapshot Voter(int id) => new(id, 10, 0, CaughtUp: true);
}
