using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

public sealed class KafkaSnapshotBuilderTests
{
    private static readonly NodeReading Controller = new("kraft-0", 9990, null) { Raft = new("leader", 9990, 1, 10, 1) };

    [Fact]
    public void Snapshot_ABrokerThatRecoversItsLog_IsShownAsNotRegistered()
    {
        KafkaSnapshot snapshot = Build([0, 1], [Running(0), Running(1), new(
            "kafka-2", 2, null) { BrokerState = 2, RemainingSegments = 40, RemainingLogs = 3, OfflineLogDirs = 1, Reassigning = 0 }]);

        Assert.Equal(new BrokerSnapshot(2, 0, 0, 2, 40, Registered: false, RemainingLogs: 3, OfflineLogDirs: 1), snapshot.Brokers[2]);
        Assert.Empty(snapshot.Unreadable);
    }

    [Fact]
    public void Snapshot_ARegisteredBrokerThatDoesNotAnswer_IsNamedAsUnreadable()
    {
        KafkaSnapshot snapshot = Build([0, 1, 2], [Running(0), new("kafka-1", 1, "no answer.")]);

        Assert.Equal(
            [
                new("reassignments of broker 1", "no answer."),
                new UnreadableSource("reassignments of broker 2", "none of the resource's pods has this node id."),
            ],
            snapshot.Unreadable);
        Assert.Equal([(0, (int?)3), (1, null), (2, null)], snapshot.Brokers.Select(broker => (broker.Id, broker.State)));
    }

    [Fact]
    public void Snapshot_APodThatIsDownAndNotRegistered_HidesNothing() =>
        Assert.Empty(Build([0], [Running(0), new("kafka-1", 1, "no answer.")]).Unreadable);

    [Fact]
    public void Snapshot_PartitionsThatMove_AreSummedOverTheirLeaders() =>
        Assert.Equal(5, Build([0, 1], [Running(0) with { Reassigning = 2 }, Running(1) with { Reassigning = 3 }]).Reassigning);

    [Fact]
    public void Snapshot_TopicsThatWereNotRead_LeaveEmptyListsAndAReason()
    {
        KafkaSnapshot snapshot = KafkaSnapshotBuilder.Build(
            DateTimeOffset.UnixEpoch, null, [Running(0)], [Controller], [new("topics", "no answer.")]);

        Assert.Equal((0, 0, 0), (snapshot.Topics, snapshot.Partitions, snapshot.Exposed.Count));
        Assert.Equal([new UnreadableSource("topics", "no answer.")], snapshot.Unreadable);
    }

    [Fact]
    public void Snapshot_ControllersThatDoNotAnswer_AreEachNamed()
    {
        KafkaSnapshot snapshot = KafkaSnapshotBuilder.Build(
            DateTimeOffset.UnixEpoch, new(
                0, [], []), [], [new("kraft-0", 9990, "kraft-0 is silent."), new("kraft-1", 9991, "kraft-1 is silent.")], []);

        Assert.Null(snapshot.Quorum);
        Assert.Equal([new UnreadableSource(
            "KRaft quorum", "none of 2 controllers answered: kraft-0 is silent. kraft-1 is silent.")], snapshot.Unreadable);
    }

    [Fact]
    public void Reading_WithEligibleLeaders_NamesThemWhereNobodyLeads()
    {
        KafkaReading reading = new(0, [0, 1], [new("t", 2, [new("t", 0, null, [0, 1], [], 2), new("t", 1, 0, [0, 1], [0], 2)])]);

        IReadOnlyList<PartitionSnapshot> partitions = reading.With(
            [new("t", 0, null, [1], [], [0, 1]), new("t", 1, 0, [1], [], [1])]).Topics[0].Partitions;

        Assert.Equal(
            ["t-0 (no leader, eligible [1], ISR 0 of 2 [], min ISR 2)", "t-1 (ISR 1 of 2 [0], min ISR 2)"],
            partitions.Select(partition => $"{partition}"));
    }

    private static NodeReading Running(int id) => new($"kafka-{id}", id, null) { BrokerState = 3, Reassigning = 0 };

    private static KafkaSnapshot Build(int[] registered, NodeReading[] brokers) =>
        KafkaSnapshotBuilder.Build(DateTimeOffset.UnixEpoch, new(registered[0], registered, []), brokers, [Controller], []);
}
