using Orchestrator.Activities.Kafka;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>
/// How a Kafka cluster behaves, as the product sees it: the same on the cluster in the box and on real brokers. What a test stops it starts
/// again, and waits until all is in sync.
/// </summary>
public abstract class KafkaContract : BoundedTest
{
    private readonly string _topic = $"contract-{Guid.NewGuid():N}";

    protected abstract TestedKafka Tested { get; }

    protected async Task WholeClusterIsReadTheSameFromEverySideAsync()
    {
        await Tested.CreateTopicAsync(_topic, [2, 0, 1]);
        KafkaSnapshot snapshot = await Tested.WholeAsync(Limit);

        Assert.Equal(
            [(0, 3, true, 0), (1, 3, true, 0), (2, 3, true, 0)],
            snapshot.Brokers.Select(broker => (broker.Id, broker.State ?? -1, broker.Registered, broker.OfflineLogDirs ?? -1)));
        QuorumReading quorum = await Tested.Kafka.ReadQuorumAsync(Tested.Address, Limit);
        Assert.Equal((snapshot.Quorum!.Leader, snapshot.Quorum.Epoch), (quorum.Leader, quorum.Epoch));
        Assert.Equal([snapshot.Quorum.Leader!.Value], snapshot.Quorum.ActiveControllers);
        Assert.Equal([100, 101, 102], quorum.Voters.Select(voter => voter.NodeId));
        Assert.Equal([0, 1, 2], quorum.Observers.Select(observer => observer.NodeId));
        Assert.All([.. quorum.Voters, .. quorum.Observers], replica => Assert.NotNull(replica.LastCaughtUpAt));
        Assert.Equal(snapshot.ClusterId, await Tested.Kafka.ReadClusterIdAsync(Tested.Address, Limit));
        Assert.Equal([0, 1, 2], (await Tested.Kafka.ReadDisksAsync(Tested.Address, Limit)).Select(disk => disk.Broker));
        PartitionSnapshot partition = await Tested.PartitionAsync(_topic, read => read.Leader is not null, Limit);
        Assert.Equal($"{_topic}-0 (ISR 3 of 3 [2,0,1], min ISR 2) leader 2", $"{partition} leader {partition.Leader}");
        Assert.DoesNotContain(
            await Tested.Kafka.ReadEligibleLeadersAsync(Tested.Address, Limit) ?? [], each => each.Topic == _topic);
    }

    protected async Task BrokerStoppedGivesItsPartitionsAwayAndCatchesUpWhenItIsBackAsync()
    {
        await Tested.CreateTopicAsync(_topic, [1, 2, 0]);
        await Tested.WholeAsync(Limit);

        await Tested.StopAsync(1);
        PartitionSnapshot without = await Tested.PartitionAsync(_topic, read => read.Leader is not null and not 1, Limit);
        Assert.Equal((2, "1,2,0", "0,2"), (without.Leader, Text(without.Replicas), Text(without.InSync.Order())));
        KafkaSnapshot seen = await Tested.UntilAsync(snapshot => snapshot.Brokers.Count == 2, Limit);
        PartitionSnapshot exposed = Assert.Single(seen.Exposed, partition => partition.Topic == _topic);
        Assert.Equal((false, true, false), (exposed.IsOffline, exposed.IsUnderReplicated, exposed.IsUnderMinIsr));

        await Tested.StartAsync(1);
        await Tested.WholeAsync(Limit);
        PartitionSnapshot back = await Tested.PartitionAsync(_topic, read => read.InSync.Count == 3, Limit);
        Assert.Equal(2, back.Leader);
        Assert.True(await Tested.Kafka.ElectPreferredLeadersAsync(Tested.Address, Limit) > 0);
        await Tested.PartitionAsync(_topic, read => read.Leader == 1, Limit);
        Assert.Equal(0, await Tested.Kafka.ElectPreferredLeadersAsync(Tested.Address, Limit));
    }

    protected async Task BrokerKilledLosesItsPartitionsOnlyWhenItsSessionEndsAsync()
    {
        await Tested.CreateTopicAsync(_topic, [2, 1, 0]);
        await Tested.WholeAsync(Limit);

        await Tested.KillAsync(2);
        KafkaSnapshot at = await Tested.SnapshotAsync(Limit);
        // A reading is tried again within its limit, and a later try may come after the end of the session.
        Assert.True(
            at.Unreadable.Any(source => source.Source == "reassignments of broker 2") || at.Brokers.All(broker => broker.Id != 2),
            "A killed broker counts as alive, and nothing is said to be unreadable.");
        PartitionSnapshot after = await Tested.PartitionAsync(_topic, read => read.Leader == 1, Limit);
        Assert.Equal("0,1", Text(after.InSync.Order()));
        await Tested.UntilAsync(snapshot => snapshot.Brokers.Count == 2 && snapshot.Unreadable.Count == 0, Limit);

        await Tested.StartAsync(2);
        await Tested.WholeAsync(Limit);
        await Tested.PartitionAsync(_topic, read => read.InSync.Count == 3, Limit);
    }

    protected async Task TopicOfOneReplicaIsOfflineWithItsBrokerAndComesBackWithItAsync()
    {
        await Tested.CreateTopicAsync(_topic, [2]);
        await Tested.WholeAsync(Limit);

        await Tested.StopAsync(2);
        PartitionSnapshot offline = await Tested.PartitionAsync(_topic, read => read.IsOffline, Limit);
        Assert.Equal(("2", ""), (Text(offline.Replicas), Text(offline.InSync)));
        EligibleLeadersReading eligible = await EligibleAsync(read => read.Leader is null);
        Assert.Equal(("2", "2"), (Text(eligible.Eligible), Text(eligible.Offline)));
        KafkaSnapshot seen = await Tested.UntilAsync(snapshot => snapshot.Brokers.Count == 2, Limit);
        Assert.Equal(_topic, seen.Exposed.First(partition => partition.Topic == _topic && partition.IsOffline).Topic);

        await Tested.StartAsync(2);
        await Tested.WholeAsync(Limit);
        Assert.Equal("2", Text((await Tested.PartitionAsync(_topic, read => read.Leader == 2, Limit)).InSync));
    }

    protected async Task SecondBrokerStoppedLeavesAnEligibleLeaderAndTooFewInSyncAsync()
    {
        await Tested.CreateTopicAsync(_topic, [0, 1, 2], ("min.insync.replicas", "2"));
        await Tested.WholeAsync(Limit);
        await Tested.StopAsync(2);
        await Tested.StopAsync(1);

        EligibleLeadersReading seen = await EligibleAsync(read => read.Offline.Count == 2 && read.Eligible.Count > 0);
        Assert.Equal((0, "1", "1,2"), (seen.Leader, Text(seen.Eligible), Text(seen.Offline.Order())));
        Assert.True((await Tested.PartitionAsync(_topic, read => read.InSync.Count == 1, Limit)).IsUnderMinIsr);

        await Tested.StartAsync(1);
        await Tested.StartAsync(2);
        await Tested.WholeAsync(Limit);
        Assert.DoesNotContain(
            await Tested.Kafka.ReadEligibleLeadersAsync(Tested.Address, Limit) ?? [], each => each.Topic == _topic);
    }

    protected async Task MinInSyncOfATopicWinsOverThatOfAllBrokersAsync()
    {
        await Tested.CreateTopicAsync(_topic, [0, 1, 2]);
        Assert.Equal(2, (await Tested.PartitionAsync(_topic, _ => true, Limit)).MinInSync);
        await Tested.SetForAllAsync("min.insync.replicas", "1");
        try
        {
            await Tested.PartitionAsync(_topic, read => read.MinInSync == 1, Limit);
            await Tested.SetAsync(_topic, "min.insync.replicas", "3");
            await Tested.PartitionAsync(_topic, read => read.MinInSync == 3, Limit);
        }
        finally
        {
            await Tested.SetForAllAsync("min.insync.replicas", "2");
        }

        KafkaSnapshot seen = await Tested.UntilAsync(
            snapshot => snapshot.TopicsWithoutSpare.Contains(new TopicWithoutSpare(_topic, 3, 3)), Limit);
        Assert.False(seen.Exposed.Single(partition => partition.Topic == _topic).IsUnderMinIsr);
        await Tested.StopAsync(0);
        Assert.True((await Tested.PartitionAsync(_topic, read => read.IsUnderMinIsr, Limit)).Leader is 1);
        await Tested.StartAsync(0);
        await Tested.WholeAsync(Limit);
    }

    protected async Task ThrottledTopicIsToldUntilTheThrottleIsGoneAsync()
    {
        await Tested.CreateTopicAsync(_topic, [0, 1, 2]);
        await Tested.SetAsync(_topic, "follower.replication.throttled.replicas", "0:1");
        KafkaSnapshot seen = await Tested.UntilAsync(snapshot => snapshot.ThrottledTopics.Contains(_topic), Limit);
        Assert.Equal(0, seen.Reassigning);
        await Tested.SetAsync(_topic, "follower.replication.throttled.replicas", "");
        await Tested.UntilAsync(snapshot => !snapshot.ThrottledTopics.Contains(_topic), Limit);
    }

    protected async Task PartitionReassignedIsLedByTheFirstOfItsNewReplicasAsync()
    {
        await Tested.CreateTopicAsync(_topic, [0, 1]);
        await Tested.WholeAsync(Limit);
        await Tested.ReassignAsync(_topic, [2, 1]);

        PartitionSnapshot moved = await Tested.PartitionAsync(
            _topic, read => read.Replicas.SequenceEqual([2, 1]) && read.Leader is not null, Limit);
        Assert.Equal("1,2", Text(moved.InSync.Order()));
        await Tested.WholeAsync(Limit);
        await Tested.Kafka.ElectPreferredLeadersAsync(Tested.Address, Limit);
        await Tested.PartitionAsync(_topic, read => read.Leader == 2, Limit);
    }

    protected async Task ControllerStoppedIsNotCaughtUpAndTheOthersHaveALeaderAsync()
    {
        QuorumSnapshot before = (await Tested.WholeAsync(Limit)).Quorum!;
        int follower = before.Voters.First(voter => voter.Id != before.Leader).Id;
        await Tested.StopAsync(follower);

        QuorumSnapshot quorum = (await Tested.SnapshotAsync(Limit)).Quorum!;
        Assert.Equal((before.Leader, before.Epoch), (quorum.Leader, quorum.Epoch));
        Assert.Equal([follower], quorum.Voters.Where(voter => voter.LogEndOffset is null).Select(voter => voter.Id));
        Assert.Equal([follower], quorum.Voters.Where(voter => !voter.CaughtUp).Select(voter => voter.Id));
        await Tested.StartAsync(follower);
        await Tested.WholeAsync(Limit);
    }

    protected async Task LeadingControllerKilledIsFollowedByAnotherOfALaterEpochAsync()
    {
        QuorumSnapshot before = (await Tested.WholeAsync(Limit)).Quorum!;
        await Tested.KillAsync(before.Leader!.Value);

        QuorumSnapshot quorum = (await Tested.UntilAsync(
            seen => seen.Quorum is { Leader: { } leader, ActiveControllers.Count: > 0 } && leader != before.Leader, Limit)).Quorum!;
        Assert.True(quorum.Epoch > before.Epoch);
        Assert.Equal([quorum.Leader!.Value], quorum.ActiveControllers);
        Assert.Equal([before.Leader.Value], quorum.Voters.Where(voter => voter.LogEndOffset is null).Select(voter => voter.Id));
        await Tested.StartAsync(before.Leader.Value);
        await Tested.WholeAsync(Limit);
    }

    protected async Task TwoControllersKilledLeaveNoLeaderAsync()
    {
        QuorumSnapshot before = (await Tested.WholeAsync(Limit)).Quorum!;
        int[] killed = [.. before.Voters.Where(voter => voter.Id != before.Leader).Select(voter => voter.Id)];
        foreach (int controller in killed)
        {
            await Tested.KillAsync(controller);
        }

        KafkaSnapshot seen = await Tested.UntilAsync(snapshot => snapshot.Quorum is { Leader: null }, Limit);
        Assert.Equal([0, 1, 2], seen.Brokers.Select(broker => broker.Id));
        foreach (int controller in killed)
        {
            await Tested.StartAsync(controller);
        }

        await Tested.WholeAsync(Limit);
    }

    protected async Task AllControllersKilledAreNamedAndTheTopicsAreOldAsync()
    {
        await Tested.WholeAsync(Limit);
        int[] all = [100, 101, 102];
        foreach (int controller in all)
        {
            await Tested.KillAsync(controller);
        }

        KafkaSnapshot seen = await Tested.UntilAsync(snapshot => snapshot.Unreadable.Count == 2, Limit);
        Assert.Null(seen.Quorum);
        Assert.Equal(["KRaft quorum", "topics"], seen.Unreadable.Select(source => source.Source).Order(StringComparer.Ordinal));
        Assert.Contains(
            "which answered, has heard nothing from the controllers for 1",
            seen.Unreadable.Single(source => source.Source == "topics").Reason,
            StringComparison.Ordinal);
        await Task.WhenAll(all.Select(controller => Tested.StartAsync(controller)));
        await Tested.WholeAsync(Limit);
    }

    protected async Task MetadataVersionGoesDownWithinItsMajorReleaseAndUpAgainAsync()
    {
        Assert.Equal("4.2-IV1", await Tested.FeatureAsync("metadata.version"));
        Assert.NotNull(await Tested.SetFeatureAsync("metadata.version", "21"));
        Assert.Equal("4.2-IV1", await Tested.FeatureAsync("metadata.version"));
        Assert.Null(await Tested.SetFeatureAsync("metadata.version", "27"));
        Assert.Equal("4.1-IV1", await Tested.FeatureAsync("metadata.version"));
        Assert.NotNull(await Tested.SetFeatureAsync("metadata.version", "30"));
        Assert.Null(await Tested.SetFeatureAsync("metadata.version", "29"));
        Assert.Equal("4.2-IV1", await Tested.FeatureAsync("metadata.version"));
    }

    protected async Task CanaryIsAcknowledgedByEveryBrokerAndLeavesNothingAsync()
    {
        await Tested.WholeAsync(Limit);
        KafkaCanaryResult first = await Tested.Kafka.RunCanaryAsync(Tested.Address, Limit);
        Assert.Equal(("orchestrator-canary", null), (first.Topic, first.NotTidied));
        Assert.Equal([0, 1, 2], first.Records.Select(record => record.Partition));
        KafkaCanaryResult second = await Tested.Kafka.RunCanaryAsync(Tested.Address, Limit);
        Assert.All(first.Records.Zip(second.Records), pair => Assert.True(pair.Second.Offset > pair.First.Offset));
    }

    /// <summary>Removes the test's topic where it made one: clusters are shared.</summary>
    protected async Task TidyAsync()
    {
        if ((await Tested.Kafka.ReadAsync(Tested.Address, Limit)).Topics.Any(topic => topic.Name == _topic))
        {
            await Tested.DeleteTopicAsync(_topic);
        }
    }

    private static string Text(IEnumerable<int> ids) => string.Join(',', ids);

    private async Task<EligibleLeadersReading> EligibleAsync(Func<EligibleLeadersReading, bool> wanted)
    {
        while (true)
        {
            IReadOnlyList<EligibleLeadersReading> read = await Tested.Kafka.ReadEligibleLeadersAsync(Tested.Address, Limit) ?? [];
            if (read.FirstOrDefault(partition => partition.Topic == _topic) is { } found && wanted(found))
            {
                return found;
            }

            await Tested.PassAsync();
        }
    }
}
