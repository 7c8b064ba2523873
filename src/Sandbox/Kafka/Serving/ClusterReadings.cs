using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>What the brokers answer to questions about the whole cluster.</summary>
internal sealed class ClusterReadings(ClusterState state)
{
    // A follower that is not behind has asked a moment ago.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Throttles =
        ["leader.replication.throttled.replicas", "follower.replication.throttled.replicas"];

    /// <summary>The broker that answers a client; null where none does.</summary>
    public Broker? Answering => state.Brokers.All.FirstOrDefault(broker => broker.Serves);

    private List<int> BrokerIds => [.. state.Brokers.All.Where(broker => broker.IsUnfenced).Select(broker => broker.Id)];

    public ClusterAnswer Cluster(string? user)
    {
        // Kafka tells it to whoever is let in.
        _ = user;
        return new(state.ClusterId, BrokerIds);
    }

    // What a user may not know of is left out, without a word.
    public TopicsAnswer Topics(string? user) => new(
        Answering!.Id,
        BrokerIds,
        state.ClusterId,
        [.. state.Topics.Values.Where(topic => state.Access.Allows(user, "Describe", topic.Name)).Select(topic => Topic(user, topic))]);

    public IReadOnlyList<EligibleAnswer>? Eligible(string? user) => !state.Features.TellsEligibleLeaders ? null :
    [
        .. state.Partitions
            .Where(partition => state.Access.Allows(user, "Describe", partition.Topic.Name))
            .Select(partition => new EligibleAnswer(
                partition.Topic.Name,
                partition.Number,
                partition.Leader,
                [.. partition.Eligible],
                partition.LastKnownLeader is { } last ? [last] : [],
                [.. partition.Replicas.Where(id => !state.Brokers[id].IsUnfenced || state.Brokers[id].FolderOf(partition).HasFailed)]))
            .Where(answer => answer.Leader is null || answer.Eligible.Count + answer.LastKnown.Count + answer.Offline.Count > 0),
    ];

    public QuorumAnswer Quorum(string? user)
    {
        state.Access.Require(user, "Describe");
        state.Quorum.Require();
        return new(
            state.Quorum.Leader,
            state.Quorum.Epoch,
            state.Quorum.End,
            [.. state.Quorum.Controllers.Values.Select(Voter)],
            [.. state.Brokers.All.Where(broker => broker.IsRunning).Select(broker =>
                new FollowerAnswer(broker.Id, state.Quorum.End, state.Now - Moment, state.Now - Moment))]);
    }

    /// <summary>The fullest volume of a broker; null where it does not answer.</summary>
    public DiskAnswer? Disk(string? user, int id)
    {
        if (state.Brokers.Find(id) is not { Serves: true } broker)
        {
            return null;
        }

        state.Access.Require(user, "Describe");
        return broker.Folders.Where(folder => !folder.HasFailed)
            .Select(folder => new DiskAnswer(
                id, folder.Path, folder.TotalBytes,
                Math.Max(0, folder.TotalBytes - folder.OtherBytes - KafkaFaults.Held(broker, folder))))
            .OrderBy(disk => (double)disk.UsableBytes / disk.TotalBytes)
            .FirstOrDefault() ?? new(id, null, 0, 0);
    }

    public int ElectPreferred(string? user)
    {
        state.Access.Require(user, "Alter");
        return state.Leadership.ElectPreferred();
    }

    private TopicAnswer Topic(string? user, Topic topic)
    {
        state.Access.Require(user, "DescribeConfigs", topic.Name);
        int minInSync = state.Leadership.MinInSync(topic);
        return new(
            topic.Name,
            minInSync,
            Throttles.Any(name => !string.IsNullOrEmpty(state.Leadership.Setting(topic, name))),
            [
                .. topic.Partitions.Select(partition => new PartitionAnswer(
                    topic.Name, partition.Number, partition.Leader, [.. partition.Replicas], [.. partition.InSync], minInSync)),
            ]);
    }

    private FollowerAnswer Voter(Controller controller) =>
        controller.Id == state.Quorum.Leader ? new(controller.Id, state.Quorum.End, state.Now, state.Now)
        : controller.LogEnd is null ? new(controller.Id, state.Quorum.End, state.Now - Moment, state.Now - Moment)
        : new(controller.Id, controller.LogEnd.Value, controller.CaughtUpAt, controller.CaughtUpAt);
}
