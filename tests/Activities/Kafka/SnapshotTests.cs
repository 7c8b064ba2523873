using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka;

[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class SnapshotTests(KafkaLab lab) : KafkaLabTest(lab)
{
    [LabFact]
    public async Task Snapshot_AWholeCluster_HasAllBrokersRunningAndAllVotersCaughtUp()
    {
        await Lab.CreateTopicAsync("whole", [0, 1, 2]);

        KafkaSnapshot snapshot = await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);

        Assert.Equal([(0, 3, true), (1, 3, true), (2, 3, true)], snapshot.Brokers.Select(
            broker => (broker.Id, broker.State ?? -1, broker.Registered)));
        Assert.Equal([100, 101, 102], snapshot.Quorum!.Voters.Select(voter => voter.Id));
        Assert.Contains(snapshot.Quorum.Leader!.Value, snapshot.Quorum.Voters.Select(voter => voter.Id));
        Assert.Empty(snapshot.Unreadable);
    }

    [LabFact]
    public async Task Snapshot_ABrokerStopped_CountsItsPartitionsAndNamesTheWorstFirst()
    {
        string offline = await Lab.CreateTopicAsync("offline", [2]);
        string under = await Lab.CreateTopicAsync("under", [0, 1, 2], ("min.insync.replicas", "3"));
        string lagging = await Lab.CreateTopicAsync("lagging", [0, 1, 2], ("min.insync.replicas", "1"));
        string spare = await Lab.CreateTopicAsync("without-spare", [0, 1], ("min.insync.replicas", "2"));
        string whole = await Lab.CreateTopicAsync("whole", [0, 1], ("min.insync.replicas", "1"));
        await Lab.Servers.RunAsync("kafka", "stop", "2");
        try
        {
            KafkaSnapshot snapshot = await Lab.SnapshotAsync(
                seen => seen.Brokers.Count == 2 && seen.Exposed.Any(row => row.Topic == offline && row.Leader is null), Limit);

            string[] mine = [offline, under, lagging, spare, whole];
            List<PartitionSnapshot> exposed = [.. snapshot.Exposed.Where(row => mine.Contains(row.Topic))];
            Assert.Equal([offline, under, lagging, spare], exposed.Select(row => row.Topic));
            Assert.Equal(
                ["(no leader)", "0,1", "0,1", "0,1"],
                exposed.Select(row => row.Leader is null ? "(no leader)" : string.Join(',', row.InSync)));
            Assert.Equal(snapshot.Exposed.Count(row => row.Leader is null), snapshot.Offline);
            Assert.Equal(1, snapshot.UnderMinIsr - snapshot.Exposed.Count(row => row.Leader is null && row.InSync.Count == 0));
            Assert.Contains(new TopicWithoutSpare(under, 3, 3), snapshot.TopicsWithoutSpare);
            Assert.Contains(new TopicWithoutSpare(spare, 2, 2), snapshot.TopicsWithoutSpare);
            Assert.DoesNotContain(snapshot.TopicsWithoutSpare, row => row.Topic == lagging || row.Topic == whole);
            Assert.Empty(snapshot.Unreadable);
        }
        finally
        {
            await Lab.Servers.RunAsync("kafka", "start", "2");
            await Lab.Admin.DeleteTopicsAsync([offline, under, spare]);
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    [LabFact]
    public async Task Snapshot_AControllerStopped_ShowsItAsNotCaughtUpAndTheOthersWithALeader()
    {
        KafkaSnapshot before = await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        int follower = before.Quorum!.Voters.First(voter => voter.Id != before.Quorum.Leader).Id;
        await Lab.Servers.RunAsync("kafka", "stop", $"{follower}");
        try
        {
            QuorumSnapshot quorum = (await Lab.SnapshotAsync(Limit)).Quorum!;

            Assert.Equal(before.Quorum.Leader, quorum.Leader);
            VoterSnapshot stopped = quorum.Voters.Single(voter => voter.Id == follower);
            Assert.Equal(new VoterSnapshot(follower, null, null, false, stopped.Unread), stopped);
            Assert.EndsWith("does not answer: Connection refused.", stopped.Unread, StringComparison.Ordinal);
            Assert.All(quorum.Voters.Where(voter => voter.Id != follower), voter => Assert.True(voter.CaughtUp));
        }
        finally
        {
            await Lab.Servers.RunAsync("kafka", "start", $"{follower}");
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    [LabFact]
    public async Task Snapshot_TheLeadingControllerKilled_ShowsANewLeaderOfALaterEpoch()
    {
        QuorumSnapshot before = (await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit)).Quorum!;
        await Lab.Servers.RunAsync("kafka", "kill", $"{before.Leader}");
        try
        {
            QuorumSnapshot quorum = (await Lab.SnapshotAsync(
                seen => seen.Quorum?.Leader is { } leader && leader != before.Leader, Limit)).Quorum!;

            Assert.True(quorum.Epoch > before.Epoch);
            Assert.Equal([before.Leader!.Value], quorum.Voters.Where(voter => voter.LogEndOffset is null).Select(voter => voter.Id));
        }
        finally
        {
            await Lab.Servers.RunAsync("kafka", "start", $"{before.Leader}");
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }

    [LabFact]
    public async Task Snapshot_NoControllerLeft_SaysThatNobodyAnswersAndThatTheTopicsAreOld()
    {
        await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        string[] all = ["100", "101", "102"];
        foreach (string controller in all)
        {
            await Lab.Servers.RunAsync("kafka", "kill", controller);
        }

        try
        {
            KafkaSnapshot snapshot = await Lab.SnapshotAsync(seen => seen.Unreadable.Count == 2, Limit);

            Assert.Null(snapshot.Quorum);
            Assert.Equal(["KRaft quorum", "topics"], snapshot.Unreadable.Select(source => source.Source).Order(StringComparer.Ordinal));
            Assert.Contains(
                "which answered, has heard nothing from the controllers for 1",
                snapshot.Unreadable.Single(source => source.Source == "topics").Reason,
                StringComparison.Ordinal);
        }
        finally
        {
            await Task.WhenAll(all.Select(controller => Lab.Servers.RunAsync("kafka", "start", controller)));
            await Lab.SnapshotAsync(KafkaLab.IsWhole, Limit);
        }
    }
}
