using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka.Nodes;

public sealed class QuorumViewTests
{
    // What each of the controllers 1, 2, 3 says: state, leader, epoch, end of its log; "-" does not answer.
    [Theory]
    [InlineData("leader 1 5 2000", "follower 1 5 1500", "follower 1 5 1000", "leader 1 epoch 5: 1+0 2+500 3+1000")]
    [InlineData("leader 1 5 2000", "follower 1 5 2003", "follower 1 5 999", "leader 1 epoch 5: 1+0 2+0 3-1001")]
    [InlineData("leader 1 5 2000", "-", "follower 1 5 2000", "leader 1 epoch 5: 1+0 2-? 3+0")]
    [InlineData("leader 1 5 2000", "unattached - 4 2000", "follower 1 5 2000", "leader 1 epoch 5: 1+0 2-0 3+0")]
    [InlineData("-", "follower 1 5 2000", "follower 1 5 2000", "leader 1 epoch 5: 1-? 2-? 3-?")]
    [InlineData("-", "candidate - 6 2000", "unattached - 6 2000", "leader none epoch 6: 1-? 2-? 3-?")]
    [InlineData("leader 1 5 2000", "leader 2 6 2000", "follower 2 6 2000", "leader none epoch 6: 1-? 2-? 3-?")]
    [InlineData("-", "candidate - 6 2000", "follower 1 5 2000", "leader none epoch 6: 1-? 2-? 3-?")]
    [InlineData("leader 1 5 2000", "follower 1 5 2000", "observer 1 5 10", "leader 1 epoch 5: 1+0 2+0")]
    [InlineData("-", "-", "follower 1 5 2000", "leader none epoch 5: 1-? 2-? 3-?")]
    [InlineData("-", "-", "prospective 1 5 2000", "leader none epoch 5: 1-? 2-? 3-?")]
    [InlineData("leader 1 5 2000", "follower 1 5 2000", "prospective 1 5 2000", "leader 1 epoch 5: 1+0 2+0 3-0")]
    [InlineData("-", "-", "-", "unread")]
    public void Quorum_OfWhatEachVoterSays_IsThis(string one, string two, string three, string expected) =>
        Assert.Equal(expected, Text(QuorumView.Of([Reading(1, one), Reading(2, two), Reading(3, three)])));

    private static NodeReading Reading(int id, string text) =>
        text.Split(' ') is [var state, var leader, var epoch, var end]
            ? new($"c-{id}", id, null) { Raft = new(state, leader == "-" ? null : int.Parse(leader), int.Parse(epoch), long.Parse(end), 3) }
            : new($"c-{id}", id, "no answer");

    private static string Text(QuorumSnapshot? quorum) => quorum is null
        ? "unread"
        : $"leader {quorum.Leader?.ToString() ?? "none"} epoch {quorum.Epoch}: "
            + string.Join(' ', quorum.Voters.Select(
                voter => $"{voter.Id}{(voter.CaughtUp ? '+' : '-')}{voter.Lag?.ToString() ?? "?"}"));
}
