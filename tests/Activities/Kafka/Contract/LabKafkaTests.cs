using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>The contract, on real brokers and controllers.</summary>
[Collection(KafkaLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class LabKafkaTests(KafkaLab lab) : KafkaContract, IAsyncLifetime
{
    protected override TestedKafka Tested { get; } = new LabKafka(lab);

    public Task InitializeAsync() => lab.ReviveAsync();

    public Task DisposeAsync() => TidyAsync();

    [LabFact]
    public Task WholeCluster_IsReadTheSameFromEverySide() => WholeClusterIsReadTheSameFromEverySideAsync();

    [LabFact]
    public Task BrokerStopped_GivesItsPartitionsAway_AndCatchesUpWhenItIsBack() =>
        BrokerStoppedGivesItsPartitionsAwayAndCatchesUpWhenItIsBackAsync();

    [LabFact]
    public Task BrokerKilled_LosesItsPartitionsOnlyWhenItsSessionEnds() => BrokerKilledLosesItsPartitionsOnlyWhenItsSessionEndsAsync();

    [LabFact]
    public Task TopicOfOneReplica_IsOfflineWithItsBroker_AndComesBackWithIt() =>
        TopicOfOneReplicaIsOfflineWithItsBrokerAndComesBackWithItAsync();

    [LabFact]
    public Task SecondBrokerStopped_LeavesAnEligibleLeader_AndTooFewInSync() =>
        SecondBrokerStoppedLeavesAnEligibleLeaderAndTooFewInSyncAsync();

    [LabFact]
    public Task MinInSync_OfATopic_WinsOverThatOfAllBrokers() => MinInSyncOfATopicWinsOverThatOfAllBrokersAsync();

    [LabFact]
    public Task ThrottledTopic_IsToldUntilTheThrottleIsGone() => ThrottledTopicIsToldUntilTheThrottleIsGoneAsync();

    [LabFact]
    public Task PartitionReassigned_IsLedByTheFirstOfItsNewReplicas() => PartitionReassignedIsLedByTheFirstOfItsNewReplicasAsync();

    [LabFact]
    public Task ControllerStopped_IsNotCaughtUp_AndTheOthersHaveALeader() => ControllerStoppedIsNotCaughtUpAndTheOthersHaveALeaderAsync();

    [LabFact]
    public Task LeadingControllerKilled_IsFollowedByAnotherOfALaterEpoch() =>
        LeadingControllerKilledIsFollowedByAnotherOfALaterEpochAsync();

    [LabFact]
    public Task TwoControllersKilled_LeaveNoLeader() => TwoControllersKilledLeaveNoLeaderAsync();

    [LabFact]
    public Task AllControllersKilled_AreNamed_AndTheTopicsAreOld() => AllControllersKilledAreNamedAndTheTopicsAreOldAsync();

    [LabFact]
    public Task MetadataVersion_GoesDownWithinItsMajorRelease_AndUpAgain() => MetadataVersionGoesDownWithinItsMajorReleaseAndUpAgainAsync();

    [LabFact]
    public Task Canary_IsAcknowledgedByEveryBroker_AndLeavesNothing() => CanaryIsAcknowledgedByEveryBrokerAndLeavesNothingAsync();
}
