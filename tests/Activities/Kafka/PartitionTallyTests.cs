using Orchestrator.Activities.Kafka;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

public sealed class PartitionTallyTests
{
    // Replicas, in-sync replicas, min.insync.replicas; what it counts as.
    [Theory]
    [InlineData(3, 3, 2, "")]
    [InlineData(3, 2, 1, "under-replicated exposed")]
    [InlineData(3, 2, 2, "under-replicated exposed")]
    [InlineData(3, 1, 2, "under-min-isr under-replicated exposed")]
    [InlineData(2, 2, 2, "exposed no-spare")]
    [InlineData(1, 1, 1, "exposed no-spare")]
    [InlineData(1, 1, 2, "exposed no-spare")]
    [InlineData(2, 1, 3, "under-min-isr under-replicated exposed no-spare")]
    public void Tally_OfAPartition_CountsItAs(int replicas, int inSync, int minInSync, string expected)
    {
        PartitionTally tally = PartitionTally.Of([Topic("t", minInSync, Partition("t", replicas, inSync, minInSync))]);

        IEnumerable<string> counted =
        [
            .. Enumerable.Repeat("under-min-isr", tally.UnderMinIsr),
            .. Enumerable.Repeat("under-replicated", tally.UnderReplicated),
            .. tally.Exposed.Select(_ => "exposed"),
            .. tally.TopicsWithoutSpare.Select(_ => "no-spare"),
        ];
        Assert.Equal(expected, string.Join(' ', counted));
    }

    [Fact]
    public void Tally_OfMoreExposedPartitionsThanASnapshotHolds_CountsAllAndKeepsTheWorst()
    {
        List<TopicReading> topics =
        [
            .. Enumerable.Range(0, 600).Select(i => Topic($"a-{i:000}", 1, Partition($"a-{i:000}", 3, 2, 1))),
            Topic("z", 1, Partition("z", 3, 0, 1, leader: null)),
        ];

        PartitionTally tally = PartitionTally.Of(topics);

        Assert.Equal(
            (601, 1, 1, 601, KafkaSnapshot.MaximumExposed),
            (tally.Partitions, tally.Offline, tally.UnderMinIsr, tally.UnderReplicated, tally.Exposed.Count));
        Assert.Equal(("z", "a-000", "a-498"), (tally.Exposed[0].Topic, tally.Exposed[1].Topic, tally.Exposed[^1].Topic));
    }

    private static TopicReading Topic(string name, int minInSync, params PartitionSnapshot[] partitions) =>
        new(name, minInSync, partitions);

    private static PartitionSnapshot Partition(string topic, int replicas, int inSync, int minInSync, int? leader = 0) =>
        new(topic, 0, leader, [.. Enumerable.Range(0, replicas)], [.. Enumerable.Range(0, inSync)], minInSync);
}
