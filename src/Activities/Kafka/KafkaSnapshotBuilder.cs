using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Joins the readings of a Kafka cluster into a snapshot. Pure.</summary>
internal static class KafkaSnapshotBuilder
{
    private const int NamedTopics = 10;

    public static KafkaSnapshot Build(
        DateTimeOffset at,
        KafkaReading? topics,
        IReadOnlyList<NodeReading> brokers,
        IReadOnlyList<NodeReading> controllers,
        IReadOnlyList<UnreadableSource> unreadable)
    {
        QuorumSnapshot? quorum = QuorumView.Of(controllers);
        PartitionTally tally = PartitionTally.Of(topics?.Topics ?? []);
        List<string> throttled = [.. (topics?.Topics ?? []).Where(topic => topic.Throttled).Select(topic => topic.Name)];
        return new(
            at,
            Brokers(topics, brokers),
            topics?.Topics.Count ?? 0,
            tally.Partitions,
            tally.Offline,
            tally.UnderMinIsr,
            tally.UnderReplicated,
            tally.Exposed,
            [.. tally.TopicsWithoutSpare.Take(KafkaSnapshot.MaximumExposed)],
            brokers.Sum(broker => broker.Reassigning ?? 0),
            quorum,
            [
                .. unreadable.OrderBy(source => source.Source, StringComparer.Ordinal),
                .. UnreadBrokers(topics, brokers),
                .. quorum is null ? [UnreadQuorum(controllers)] : Enumerable.Empty<UnreadableSource>(),
            ])
        {
            TopicsWithoutSpareTotal = tally.TopicsWithoutSpareTotal,
            ClusterId = topics?.ClusterId,
            ThrottledTopics = [.. throttled.Take(NamedTopics)],
            ThrottledTotal = throttled.Count,
        };
    }

    // A broker that recovers its log is not registered yet, and is to be seen all the same.
    private static IReadOnlyList<BrokerSnapshot> Brokers(KafkaReading? topics, IReadOnlyList<NodeReading> answers)
    {
        Dictionary<int, NodeReading> byId = answers
            .Where(answer => answer is { NodeId: not null, Failure: null })
            .DistinctBy(answer => answer.NodeId)
            .ToDictionary(answer => answer.NodeId!.Value);
        List<PartitionSnapshot> partitions = [.. topics?.Topics.SelectMany(topic => topic.Partitions) ?? []];
        Dictionary<int, int> leads = partitions
            .Where(partition => partition.Leader is not null)
            .CountBy(partition => partition.Leader!.Value)
            .ToDictionary();
        Dictionary<int, int> holds = partitions.SelectMany(partition => partition.Replicas).CountBy(id => id).ToDictionary();
        IReadOnlyList<int> registered = topics?.BrokerIds ?? [];
        return
        [
            .. registered.Union(byId.Keys).Order().Select(id => new BrokerSnapshot(
                id,
                leads.GetValueOrDefault(id),
                holds.GetValueOrDefault(id),
                byId.GetValueOrDefault(id)?.BrokerState,
                byId.GetValueOrDefault(id)?.RemainingSegments,
                registered.Contains(id),
                byId.GetValueOrDefault(id)?.RemainingLogs,
                byId.GetValueOrDefault(id)?.OfflineLogDirs)),
        ];
    }

    // The leader of a partition counts whether it is being moved: the sum is whole if every registered broker answers.
    private static IEnumerable<UnreadableSource> UnreadBrokers(KafkaReading? topics, IReadOnlyList<NodeReading> answers) =>
        from id in topics?.BrokerIds ?? []
        let answer = answers.FirstOrDefault(answer => answer.NodeId == id)
        where answer?.Reassigning is null
        select new UnreadableSource(
            $"reassignments of broker {id}",
            answer is null ? "none of the resource's pods has this node id." : answer.Failure ?? $"pod {answer.Pod} is not a broker.");

    private static UnreadableSource UnreadQuorum(IReadOnlyList<NodeReading> controllers) => new(
        "KRaft quorum",
        controllers.Count == 0
            ? "no controllers are known."
            : $"none of {controllers.Count} controllers answered: "
                + $"{string.Join(" ", controllers.Select(node => node.Failure ?? $"pod {node.Pod} is not a controller."))}");
}
