using Orchestrator.Activities.Kafka;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadQuorumTests(KafkaLab lab) : KafkaLabTest(lab)
{
    [LabFact]
    public async Task ReadQuorum_OfAWholeCluster_AgreesWithWhatTheProcessesSay()
    {
        QuorumSnapshot processes = (await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit)).Quorum!;

        QuorumReading quorum = await Lab.Kafka.ReadQuorumAsync(Lab.Address, Limit);

        Assert.Equal((processes.Leader, processes.Epoch), (quorum.Leader, quorum.Epoch));
        Assert.Equal([100, 101, 102], quorum.Voters.Select(voter => voter.NodeId));
        Assert.Equal([0, 1, 2], quorum.Observers.Select(observer => observer.NodeId));
        long end = quorum.Voters.Single(voter => voter.NodeId == quorum.Leader).LogEndOffset;
        Assert.All([.. quorum.Voters, .. quorum.Observers], replica => Assert.True(
            TimeProvider.System.GetUtcNow() - replica.LastCaughtUpAt < TimeSpan.FromMinutes(
                1) && end - replica.LogEndOffset < 1000, $"{replica}"));
    }

    [LabFact]
    public async Task ReadQuorum_NobodyAtTheAddress_NamesEachBrokerThatWasAsked()
    {
        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => KafkaLab.Client(TimeSpan.FromSeconds(2)).ReadQuorumAsync(new("127.0.0.1:9,127.0.0.1:10"), Limit));

        Assert.Equal("127.0.0.1:9 refuses the connection. 127.0.0.1:10 refuses the connection.", error.Reason);
    }

    [LabFact]
    public async Task ReadEligibleLeaders_ABrokerAfterTheOtherStopped_NamesTheReplicasThatMayBeElected()
    {
        string topic = await Lab.CreateTopicAsync("eligible", [0, 1, 2], ("min.insync.replicas", "2"));
        await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        Assert.DoesNotContain(await Lab.Kafka.ReadEligibleLeadersAsync(Lab.Address, Limit) ?? [], partition => partition.Topic == topic);
        await Lab.Servers.Faults.StopAsync("kafka-2");
        await Lab.Servers.Faults.StopAsync("kafka-1");
        try
        {
            EligibleLeadersReading seen = await WaitAsync(topic, partition => partition.Offline.Count == 2 && partition.Eligible.Count > 0);

            // The first to go left two in sync; the second one left too few, and still has all that was acknowledged.
            Assert.Equal((0, "1", "1,2"), (seen.Leader, string.Join(',', seen.Eligible), string.Join(',', seen.Offline.Order())));
        }
        finally
        {
            await Task.WhenAll(Lab.Servers.Faults.StartAsync("kafka-1"), Lab.Servers.Faults.StartAsync("kafka-2"));
            await Lab.Admin.DeleteTopicsAsync([topic]);
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    private async Task<EligibleLeadersReading> WaitAsync(string topic, Func<EligibleLeadersReading, bool> wanted)
    {
        while (true)
        {
            IReadOnlyList<EligibleLeadersReading> read = await Lab.Kafka.ReadEligibleLeadersAsync(Lab.Address, Limit) ?? [];
            if (read.FirstOrDefault(partition => partition.Topic == topic) is { } found && wanted(found))
            {
                return found;
            }
        }
    }
}
