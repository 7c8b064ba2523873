using System.Diagnostics;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Tests.Kafka;

public sealed class ScenarioTests
{
    [Fact]
    public void Scenario_OfAKindOfTopics_MakesThemAllSpreadOverBrokersAndRacks()
    {
        KafkaBench bench = new(ScenarioReader.Kafka(
            """
            version: 4.1.1
            brokers: 6
            running: true
            features: { metadata.version: 4.0 }
            topics: { name: orders, count: 200, partitions: 6, rf: 3 }
            """));

        Assert.Equal(200, bench.State.Topics.Count);
        Assert.Equal("4.0-IV3", bench.Admin.FeatureName("metadata.version"));
        Assert.All(bench.State.Partitions, partition => Assert.Equal(
            3, partition.Replicas.Select(id => bench.State.Brokers[id].Rack).Distinct().Count()));
        Assert.All(
            bench.State.Partitions.CountBy(partition => partition.Leader!.Value), leads => Assert.Equal(200, leads.Value));
    }

    [Fact]
    public void Scenario_OfBadTopics_HasThemAsTheyAre()
    {
        KafkaBench bench = new(ScenarioReader.Kafka(
            """
            topics:
              - { name: single, partitions: 1, rf: 1 }
              - { name: strict, partitions: 1, settings: { min.insync.replicas: 3 } }
              - { name: fixed, assignment: [[2, 1]] }
            timings: { replicaLag: "00:00:05" }
            """));

        Assert.Equal(
            [("fixed", "2,1", 2), ("single", "0", 2), ("strict", "0,1,2", 3)],
            bench.State.Topics.Values.Select(topic => (
                topic.Name, string.Join(',', topic.Partitions[0].Replicas), bench.State.Leadership.MinInSync(topic))));
        Assert.Equal(TimeSpan.FromSeconds(5), bench.State.Timings.ReplicaLag);
    }

    [Theory]
    [InlineData("brokerz: 3", "brokerz")]
    [InlineData("brokers: many", "brokers")]
    [InlineData("- 3", "A scenario is a record of fields.")]
    [InlineData("brokers: [", "line 2, column 1: ")]
    public void Scenario_ThatIsNone_IsRefusedWithItsPlace(string text, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => ScenarioReader.Kafka(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Scenario_OfMoreReplicasThanBrokers_IsRefusedAsKafkaRefusesIt() => Assert.Contains(
        "only 2 broker(s) are registered",
        Assert.Throws<KafkaRefusalException>(() => new KafkaBench(ScenarioReader.Kafka("{ brokers: 2, topics: { rf: 3 } }"))).Message,
        StringComparison.Ordinal);

    // Each broker stopped and started again, with everything in sync in between; generous, for machines that do other things too.
    [Fact]
    public void Cluster_OfThreeHundredBrokers_IsRolledWithinSeconds()
    {
        KafkaBench bench = new(new()
        {
            Brokers = 300, Controllers = 5, Topics = [new() { Count = 1000, Partitions = 12, RecordsPerSecond = 10 }],
        });
        long begun = Stopwatch.GetTimestamp();
        foreach (int broker in bench.Processes.Brokers)
        {
            bench.Processes.Stop(broker);
            bench.Pass(5);
            bench.Processes.Start(broker);
            bench.Settle();
        }

        Assert.Equal(0, bench.State.Change(() => bench.State.Partitions.Count(partition => partition.IsUnderReplicated)));
        Assert.Equal(0, bench.Admin.LostRecords);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60), $"{Stopwatch.GetElapsedTime(begun)}");
    }
}
