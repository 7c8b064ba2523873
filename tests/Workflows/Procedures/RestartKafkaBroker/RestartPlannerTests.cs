using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Workflows.Tests.Procedures.RestartKafkaBroker;

/// <summary>When one broker or controller may be restarted.</summary>
public sealed class RestartPlannerTests
{
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly RestartKafkaBrokerInput Broker = new() { Target = Target, Broker = 2 };
    private static readonly RestartKafkaBrokerInput Controller = Broker with { Broker = null, Pod = "kraftcontroller-1" };

    private static readonly ConfluentClusterSnapshot Dead = WholeConfluent.Cluster with
    {
        Kafka = (WholeConfluent.Kafka with { ReadyReplicas = 2, Phase = "PROVISIONING", ClusterReady = "False" })
            .With(2, pod => pod with { Ready = false }),
    };

    private static readonly KafkaSnapshot WithoutTwo = WholeKafka.Snapshot.Without(2).Exposing(WholeKafka.Orders(0, 0, [0, 1]));

    /// <summary>A cluster, what is asked, and the code that refuses it; null where nothing does.</summary>
    public static TheoryData<string, RestartKafkaBrokerInput, ConfluentClusterSnapshot, KafkaSnapshot, string?> Cases => new()
    {
        { "whole", Broker, WholeConfluent.Cluster, WholeKafka.Snapshot, null },
        { "by pod", Broker with { Broker = null, Pod = "kafka-0" }, WholeConfluent.Cluster, WholeKafka.Snapshot, null },
        { "controller", Controller, WholeConfluent.Cluster, WholeKafka.Snapshot, null },
        { "no such broker", Broker with { Broker = 7 }, WholeConfluent.Cluster, WholeKafka.Snapshot, KafkaCodes.BrokerUnknown },
        { "no such pod", Broker with { Broker = null, Pod = "kafka-9" }, WholeConfluent.Cluster, WholeKafka.Snapshot,
            KafkaCodes.BrokerUnknown },
        { "recovering", Broker, WholeConfluent.Cluster,
            WholeKafka.Snapshot.With(WholeKafka.Broker(2) with { State = 2, RemainingSegments = 40 }), KafkaCodes.BrokerRecovering },
        { "no spare replica", Broker, WholeConfluent.Cluster, Exposing(new("audit", 0, 2, [2], [2], 1)), KafkaCodes.RfNotAboveMinIsr },
        { "no spare replica, accepted", Broker with { AcceptUnavailable = ["audit"] }, WholeConfluent.Cluster,
            Exposing(new("audit", 0, 2, [2], [2], 1)), null },
        { "no spare replica on another broker", Broker, WholeConfluent.Cluster, Exposing(new("audit", 0, 1, [1], [1], 1)), null },
        { "repair of a pod that is Ready", Broker with { Repair = true }, WholeConfluent.Cluster, WholeKafka.Snapshot,
            RestartKafkaBrokerCodes.RepairNotNeeded },
        { "dead, not to be repaired", Broker, Dead, WithoutTwo, KubernetesCodes.PodNotReady },
        { "dead, to be repaired", Broker with { Repair = true }, Dead, WithoutTwo, null },
        { "another is missing as well", Broker with { Repair = true }, Dead, WithoutTwo.Without(1), KafkaCodes.BrokersMissing },
        { "another replica is behind as well", Broker with { Repair = true }, Dead, WithoutTwo.Exposing(WholeKafka.Orders(0, 0, [0])),
            KafkaCodes.PartitionsUnderReplicated },
        { "crashes at the revision that it would get", Broker with { Repair = true }, Crashing, WithoutTwo,
            RestartKafkaBrokerCodes.SameRevisionCrash },
        { "crashes, and T3 is asked", Broker with { Repair = true, Change = new() { TierAtLeast = ChangeTier.T3 } }, Crashing, WithoutTwo,
            null },
    };

    private static ConfluentClusterSnapshot Crashing => Dead with
    {
        Kafka = Dead.Kafka!.With(2, pod => pod with { WaitingReason = "CrashLoopBackOff" }),
    };

    [Fact]
    public void Plan_WhereQuotaLeavesNoRoomForThePod_IsRefused()
    {
        QuotaReading quotas = new(
        [
            new QuotaSnapshot(
                "full", "limits.memory", 5m * 1024 * 1024 * 1024, 4m * 1024 * 1024 * 1024, 2m * 1024 * 1024 * 1024, "kafka-2"),
        ]);

        PlanDraft draft = RestartPlanner.Plan(
            new RestartKafkaBrokerInput { Target = Target, Broker = 2 },
            Target,
            WholeConfluent.Cluster with { Kafka = WholeConfluent.Kafka with { Quotas = quotas } },
            WholeKafka.Snapshot);

        Refusal refusal = Assert.Single(draft.Refusals, refusal => refusal.Blocks);
        Assert.Equal(
            "ResourceQuota confluent/full has 4Gi of 5Gi limits.memory in use, and pod kafka-2 needs 2Gi: "
                + "once deleted, it may not come back.",
            refusal.Sentence);
        Assert.StartsWith("Raise limits.memory of the quota to at least 6Gi", refusal.HowToResolve, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plan_OfACluster_RefusesWhatItMust(
        string what, RestartKafkaBrokerInput input, ConfluentClusterSnapshot cluster, KafkaSnapshot kafka, string? code)
    {
        PlanDraft draft = RestartPlanner.Plan(input, Target, cluster, kafka);

        List<Refusal> blocking = [.. draft.Refusals.Where(refusal => refusal.Blocks)];
        if (code is null)
        {
            Assert.True(blocking.Count == 0, $"{what}: {string.Join(' ', blocking.Select(refusal => refusal.Sentence))}");
            Assert.Equal(RestartPod.Find(input, cluster)!.IsDown ? PlanAction.Delete : PlanAction.Evict, draft.Items[0].Action);
        }
        else
        {
            Assert.Contains(code, blocking.Select(refusal => refusal.Code));
        }
    }

    /// <summary>In-sync replicas of a partition of three with min ISR 2, of which broker 2 is to be restarted.</summary>
    [Theory]
    [InlineData(new[] { 0, 1, 2 }, null)]
    [InlineData(new[] { 1, 2 }, KafkaCodes.PartitionAtMinIsr)]
    [InlineData(new[] { 0, 1 }, null)]
    [InlineData(new[] { 0 }, KafkaCodes.PartitionsUnderMinIsr)]
    public void Gate_OfABroker_KeepsEveryPartitionAboveItsMinIsr(int[] inSync, string? code)
    {
        RestartPod pod = RestartPod.Find(Broker, WholeConfluent.Cluster)!;
        IReadOnlyList<Refusal> refusals = RestartGate.Check(pod, WholeKafka.Snapshot.Exposing(WholeKafka.Orders(3, inSync[0], inSync)), []);

        Assert.Equal(code, refusals.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(3, 2, null)]
    [InlineData(3, 1, KafkaCodes.QuorumWouldBreak)]
    [InlineData(5, 3, null)]
    [InlineData(5, 2, KafkaCodes.QuorumWouldBreak)]
    [InlineData(2, 1, null)]
    [InlineData(2, 0, KafkaCodes.QuorumWouldBreak)]
    [InlineData(1, 0, KafkaCodes.QuorumSingle)]
    public void Gate_OfAController_LeavesAMajorityThatIsCaughtUp(int voters, int othersCaughtUp, string? code)
    {
        RestartPod pod = RestartPod.Find(Controller, WholeConfluent.Cluster)! with { NodeId = 9990 };
        QuorumSnapshot quorum = new(
            9990, 7, [.. Enumerable.Range(0, voters).Select(i => WholeKafka.Voter(9990 + i) with { CaughtUp = i <= othersCaughtUp })]);

        Assert.Equal(code, RestartGate.Check(pod, WholeKafka.Snapshot with { Quorum = quorum }, []).SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(2, "kafka-2")]
    [InlineData(null, " ")]
    public void Input_BothOrNeither_IsRefused(int? broker, string? pod) => Assert.EndsWith(
        "give exactly one of them.", Assert.Single(RestartInputRules.Check(Broker with { Broker = broker, Pod = pod })),
        StringComparison.Ordinal);

    private static KafkaSnapshot Exposing(PartitionSnapshot partition) => WholeKafka.Snapshot with { Exposed = [partition] };
}
