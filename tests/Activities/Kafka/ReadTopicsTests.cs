using System.Net;
using System.Net.Sockets;
using Confluent.Kafka.Admin;
using Orchestrator.Activities.Kafka;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadTopicsTests(KafkaLab lab) : KafkaLabTest(lab)
{
    [LabFact]
    public async Task Read_ATopic_TellsLeaderReplicasAndInSyncReplicasInTheirOrder()
    {
        string topic = await Lab.CreateTopicAsync("order", [2, 0, 1]);

        KafkaReading reading = await Lab.ReadAsync(
            read => read.Topics.Any(each => each.Name == topic && each.Partitions[0].Leader is not null), Limit);

        Assert.Equal([0, 1, 2], reading.BrokerIds);
        TopicReading read = Assert.Single(reading.Topics, read => read.Name == topic);
        Assert.Equal($"{topic}-0 (ISR 3 of 3 [2,0,1], min ISR 2) leader 2", $"{read.Partitions[0]} leader {read.Partitions[0].Leader}");
    }

    // The brokers' files say 2.
    [LabFact]
    public async Task Read_AClusterWideMinIsr_WinsOverTheBrokersFilesAndLosesToTheTopics()
    {
        string plain = await Lab.CreateTopicAsync("plain", [0, 1, 2]);
        string own = await Lab.CreateTopicAsync("own", [0, 1, 2], ("min.insync.replicas", "3"));
        await SetAsync(1);
        try
        {
            KafkaReading reading = await Lab.ReadAsync(read => Tells(read, plain, 1) && Tells(read, own, 3), Limit);

            Assert.Equal([(plain, 1), (own, 3)], [MinInSync(reading, plain), MinInSync(reading, own)]);
        }
        finally
        {
            await SetAsync(2);
        }

        Assert.Equal((plain, 2), MinInSync(await Lab.ReadAsync(read => Tells(read, plain, 2), Limit), plain));
    }

    [LabFact]
    public async Task Read_MoreTopicsThanARequestHolds_TellsAllOfThem()
    {
        List<string> names = [.. Enumerable.Range(0, 450).Select(i => $"many-{i:000}-{Guid.NewGuid():N}")];
        await Lab.Admin.CreateTopicsAsync(
            names.Select(name => new TopicSpecification { Name = name, NumPartitions = 1, ReplicationFactor = 1 }));
        try
        {
            KafkaReading reading = await Lab.ReadAsync(read => !names.Except(read.Topics.Select(topic => topic.Name)).Any(), Limit);

            Assert.Equal(names, reading.Topics.Where(topic => topic.MinInSync == 2).Select(topic => topic.Name).Intersect(names));
        }
        finally
        {
            await Lab.Admin.DeleteTopicsAsync(names);
        }
    }

    [LabFact]
    public async Task Read_ANobodyAtTheAddress_SaysWhoRefused()
    {
        ConfluentKafkaCluster impatient = KafkaLab.Client(TimeSpan.FromSeconds(2));

        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => impatient.ReadAsync(new("127.0.0.1:9"), Limit));

        Assert.Equal("topics through 127.0.0.1:9", error.Unread);
        Assert.Equal("127.0.0.1:9 refuses the connection.", error.Reason);
    }

    [LabFact]
    public async Task Read_ACancel_EndsTheWaitAtOnce()
    {
        // Takes connections and says nothing, so that the reading waits.
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using CancellationTokenSource cancel = new();
        Task reading = Lab.Kafka.ReadAsync(new(silent.LocalEndpoint.ToString()!), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(5), Limit));
    }

    [LabFact]
    public async Task ElectPreferredLeaders_AllAreAlready_ElectsNone()
    {
        await Lab.CreateTopicAsync("preferred", [1, 2, 0]);
        await Lab.Kafka.ElectPreferredLeadersAsync(Lab.Address, Limit);

        Assert.Equal(0, await Lab.Kafka.ElectPreferredLeadersAsync(Lab.Address, Limit));
    }

    [LabFact]
    public async Task ElectPreferredLeaders_AfterABrokerWasAway_GivesItItsPartitionsBack()
    {
        string topic = await Lab.CreateTopicAsync("elected", [1, 2, 0]);
        await Lab.ReadAsync(read => LeaderOf(read, topic) == 1, Limit);
        await Lab.Servers.Faults.StopAsync("kafka-1");
        try
        {
            await Lab.ReadAsync(read => LeaderOf(read, topic) == 2, Limit);
        }
        finally
        {
            await Lab.Servers.Faults.StartAsync("kafka-1");
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }

        Assert.True(await Lab.Kafka.ElectPreferredLeadersAsync(Lab.Address, Limit) > 0);

        await Lab.ReadAsync(read => LeaderOf(read, topic) == 1, Limit);
    }

    private static int? LeaderOf(KafkaReading reading, string topic) =>
        reading.Topics.FirstOrDefault(read => read.Name == topic)?.Partitions[0].Leader;

    private static bool Tells(KafkaReading reading, string topic, int minInSync) =>
        reading.Topics.Any(read => read.Name == topic && read.MinInSync == minInSync);

    private static (string, int) MinInSync(KafkaReading reading, string topic) =>
        (topic, reading.Topics.Single(read => read.Name == topic).MinInSync);

    // The admin client does not reach the default of all brokers.
    private Task SetAsync(int minInSync) => Lab.Servers.RunAsync(
    [
        "kafka", "tool", "kafka.admin.ConfigCommand", "--bootstrap-server", Lab.Address.BootstrapServers.Split(',')[0],
        "--entity-type", "brokers", "--entity-default", "--alter", "--add-config", $"min.insync.replicas={minInSync}",
    ]);
}
