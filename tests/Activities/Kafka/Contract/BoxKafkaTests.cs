namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>The contract, on the cluster in the box.</summary>
public sealed class BoxKafkaTests : KafkaContract, IAsyncLifetime
{
    private BoxKafka _box = null!;

    protected override TestedKafka Tested => _box;

    public async Task InitializeAsync() => _box = await BoxKafka.StartAsync();

    public async Task DisposeAsync() => await _box.DisposeAsync();

    [Fact]
    public Task WholeCluster_IsReadTheSameFromEverySide() => WholeClusterIsReadTheSameFromEverySideAsync();

    [Fact]
    public Task BrokerStopped_GivesItsPartitionsAway_AndCatchesUpWhenItIsBack() =>
        BrokerStoppedGivesItsPartitionsAwayAndCatchesUpWhenItIsBackAsync();

    [Fact]
    public Task BrokerKilled_LosesItsPartitionsOnlyWhenItsSessionEnds() => BrokerKilledLosesItsPartitionsOnlyWhenItsSessionEndsAsync();

    [Fact]
    public Task TopicOfOneReplica_IsOfflineWithItsBroker_AndComesBackWithIt() =>
        TopicOfOneReplicaIsOfflineWithItsBrokerAndComesBackWithItAsync();

    [Fact]
    public Task SecondBrokerStopped_LeavesAnEligibleLeader_AndTooFewInSync() =>
        SecondBrokerStoppedLeavesAnEligibleLeaderAndTooFewInSyncAsync();

    [Fact]
    public Task MinInSync_OfATopic_WinsOverThatOfAllBrokers() => MinInSyncOfATopicWinsOverThatOfAllBrokersAsync();

    [Fact]
    public Task ThrottledTopic_IsToldUntilTheThrottleIsGone() => ThrottledTopicIsToldUntilTheThrottleIsGoneAsync();

    [Fact]
    public Task PartitionReassigned_IsLedByTheFirstOfItsNewReplicas() => PartitionReassignedIsLedByTheFirstOfItsNewReplicasAsync();

    [Fact]
    public Task ControllerStopped_IsNotCaughtUp_AndTheOthersHaveALeader() => ControllerStoppedIsNotCaughtUpAndTheOthersHaveALeaderAsync();

    [Fact]
    public Task LeadingControllerKilled_IsFollowedByAnotherOfALaterEpoch() =>
        LeadingControllerKilledIsFollowedByAnotherOfALaterEpochAsync();

    [Fact]
    public Task TwoControllersKilled_LeaveNoLeader() => TwoControllersKilledLeaveNoLeaderAsync();

    [Fact]
    public Task AllControllersKilled_AreNamed_AndTheTopicsAreOld() => AllControllersKilledAreNamedAndTheTopicsAreOldAsync();

    [Fact]
    public Task MetadataVersion_GoesDownWithinItsMajorRelease_AndUpAgain() => MetadataVersionGoesDownWithinItsMajorReleaseAndUpAgainAsync();

    [Fact]
    public Task Canary_IsAcknowledgedByEveryBroker_AndLeavesNothing() => CanaryIsAcknowledgedByEveryBrokerAndLeavesNothingAsync();
}
