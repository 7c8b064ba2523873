using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>Joins what each controller says into one view of the quorum. Pure.</summary>
internal static class QuorumView
{
    /// <summary>The quorum; null where no controller answers.</summary>
    public static QuorumSnapshot? Of(IReadOnlyList<NodeReading> controllers)
    {
        // A controller that follows without a vote is no voter; one that does not answer counts as one.
        List<NodeReading> voters = [.. controllers.Where(node => node.Raft?.IsObserver != true)];
        List<RaftReading> answers = [.. voters.Select(voter => voter.Raft).OfType<RaftReading>()];
        if (answers.Count == 0)
        {
            return null;
        }

        int epoch = answers.Max(answer => answer.Epoch);
        int? leader = Leader(answers, voters.Count, epoch);
        long? end = voters.FirstOrDefault(
            voter => leader is not null && voter.NodeId == leader && voter.Raft is { IsLeader: true })?.Raft?.LogEndOffset;
        return new QuorumSnapshot(leader, epoch, [.. voters.Where(
            voter => voter.NodeId is not null).Select(voter => Voter(voter, leader, epoch, end)).OrderBy(voter => voter.Id)])
        {
            ActiveControllers = Active([.. voters.Where(voter => voter.Raft is not null)]),
        };
    }

    // A voter that was cut off may still name the leader of an earlier epoch: then they are not of one mind. A minority that names one that
    // does not say so itself may have lost it.
    private static int? Leader(List<RaftReading> answers, int voters, int epoch)
    {
        List<int> named = [.. answers.Select(answer => answer.Follows).OfType<int>().Distinct()];
        int following = answers.Count(answer => answer.Epoch == epoch && answer.Follows is not null);
        bool isBelieved = following > voters / 2 || answers.Exists(answer => answer.Epoch == epoch && answer.IsLeader);
        return named.Count == 1 && isBelieved ? named[0] : null;
    }

    private static IReadOnlyList<int>? Active(List<NodeReading> answers) =>
        answers.Exists(answer => answer.ActiveControllers is null || answer.NodeId is null)
        ? null
        : [.. answers.Where(answer => answer.ActiveControllers > 0).Select(answer => answer.NodeId!.Value).Order()];

    private static VoterSnapshot Voter(NodeReading voter, int? leader, int epoch, long? end)
    {
        // The ends of two logs are not read in the same instant: a follower can look ahead.
        long? lag = voter.Raft is { } raft && end is not null ? Math.Max(0, end.Value - raft.LogEndOffset) : null;
        bool follows = leader is not null && voter.Raft?.Follows == leader && voter.Raft.Epoch == epoch;
        return new VoterSnapshot(
            voter.NodeId!.Value, voter.Raft?.LogEndOffset, lag, follows && lag <= VoterSnapshot.LagAllowed, voter.Failure);
    }
}
