using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Workflows.Tests.Procedures.RollKafkaCluster;

/// <summary>What a roll would do, in which order, and what refuses it.</summary>
public sealed class RollPlannerTests
{
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly RollKafkaClusterInput Brokers = new() { Target = Target };
    private static readonly ConfluentClusterSnapshot Cluster = WholeConfluent.Cluster;
    private static readonly KafkaSnapshot Kafka = WholeKafka.Snapshot;
    private static readonly KafkaSnapshot OneVoter = Kafka with { Quorum = new QuorumSnapshot(9990, 7, [WholeKafka.Voter(9990)]) };

    private static readonly ConfluentClusterSnapshot OneController = Cluster with
    {
        Controllers = WholeConfluent.Controllers with { Replicas = 1, NodeIds = [9990], Pods = [WholeConfluent.Controllers.Pods[0]] },
    };

    /// <summary>What was asked for, the world, and what refuses it.</summary>
    public static TheoryData<RollKafkaClusterInput, ConfluentClusterSnapshot, KafkaSnapshot?, string[]> Refused => new()
    {
        { Brokers, Cluster with { Kafka = null, NearNames = ["kafka2"] }, null,
            ["TARGET_NOT_FOUND There is no kafkas.platform.confluent.io confluent/kafka: there are kafka2."] },
        { Brokers, Cluster, null, ["KAFKA_UNREACHABLE Kafka kafka was not read."] },
        { Brokers, Cluster, Kafka with { Unreadable = [new("topics", "refused.")] },
            ["KAFKA_UNREACHABLE Could not read topics: refused."] },
        {
            Brokers with { Component = RollComponent.Both }, Cluster with { Controllers = null }, Kafka,
            ["TARGET_NOT_FOUND kafkas.platform.confluent.io confluent/kafka refers to no existing KRaftController, "
                + "so there are no controllers to roll."]
        },
        {
            Brokers, Cluster, Kafka with { TopicsWithoutSpare = [new("orders", 2, 2)] },
            ["RF_NOT_ABOVE_MIN_ISR Topic orders (replication factor 2, min ISR 2) accepts no writes while one of its replicas restarts."]
        },
        {
            Brokers with { Component = RollComponent.Controllers }, Cluster,
            Kafka with { Disks = [Disk(0, 85), Disk(1, 86), Disk(2, 100)] },
            [
                "DISK_LOW The volume of log folder /data/1 of broker 1 is 86 % full: 1.4 GiB of 10 GiB are free.",
                "DISK_LOW The volume of log folder /data/2 of broker 2 is 100 % full: 0 GiB of 10 GiB are free.",
            ]
        },
        {
            Brokers with { Component = RollComponent.Controllers }, OneController, OneVoter,
            ["QUORUM_SINGLE The KRaft quorum has only one voter, 9990: no metadata can change while it restarts."]
        },
        {
            Brokers, OwnedBy(new("Argo CD", "applications.argoproj.io argocd/kafka", true, "label x")), Kafka,
            ["GITOPS_OWNED kafkas.platform.confluent.io confluent/kafka is applied by Argo CD, applications.argoproj.io argocd/kafka "
                + "(label x), with self-heal on: it would revert spec.podTemplate.annotations.kafkacluster-manual-roll."]
        },
        {
            Brokers, OwnedBy(new("Flux", null, null, "field manager helm-controller")), Kafka,
            ["GITOPS_OWNED kafkas.platform.confluent.io confluent/kafka is applied by Flux (field manager helm-controller); "
                + "could not read whether self-heal is on and would revert spec.podTemplate.annotations.kafkacluster-manual-roll."]
        },
        {
            Brokers with { Component = RollComponent.Both },
            Cluster with
            {
                Operator = null,
                Kafka = WholeConfluent.Kafka with { Generation = 5 },
                Controllers = WholeConfluent.Controllers with { Phase = "PROVISIONING" },
            },
            Kafka with { Reassigning = 2 },
            [
                "OPERATOR_MISSING No available Deployment with the label app=confluent-operator covers namespace confluent: "
                    + "nothing would carry out the change.",
                "CR_NOT_RUNNING kraftcontrollers.platform.confluent.io confluent/kraftcontroller is in phase PROVISIONING, not RUNNING.",
                "CR_STALE kafkas.platform.confluent.io confluent/kafka is at generation 5, the operator has seen 4.",
                "REASSIGNMENT_RUNNING 2 partitions are being moved.",
            ]
        },
    };

    /// <summary>What does not concern the part that is rolled, or is accepted: the plan, and the warnings in it.</summary>
    public static TheoryData<RollKafkaClusterInput, ConfluentClusterSnapshot, KafkaSnapshot, string[]> Allowed => new()
    {
        { Brokers, Cluster, Kafka, [] },
        { Brokers, Cluster with { Controllers = WholeConfluent.Controllers with { Phase = "PROVISIONING" } }, Kafka, [] },
        { Brokers, OneController, OneVoter, [] },
        {
            Brokers,
            Cluster with
            {
                Controllers = WholeConfluent.Controllers with { Holds = [new(OperatorHold.BlockReconcile, "true", "kubectl", null)] },
            },
            Kafka,
            [
                "RECONCILE_BLOCKED kraftcontrollers.platform.confluent.io confluent/kraftcontroller carries "
                    + "platform.confluent.io/block-reconcile=true, set by kubectl: the operator is held there. "
                    + "This change does not touch it; while it is held, nothing is restarted or repaired there.",
            ]
        },
        {
            Brokers,
            Cluster with
            {
                Controllers = WholeConfluent.Controllers with { Holds = [new(OperatorHold.BlockReconcile, "false", "kubectl", null)] },
            },
            Kafka,
            []
        },
        {
            Brokers,
            Cluster with
            {
                Kafka = WholeConfluent.Kafka with { GitOwner = new("Argo CD", "applications.argoproj.io argocd/kafka", false, "label x") },
            },
            Kafka,
            [
                "GITOPS_OWNED kafkas.platform.confluent.io confluent/kafka is applied by Argo CD, "
                    + "applications.argoproj.io argocd/kafka (label x), with self-heal off: "
                    + "spec.podTemplate.annotations.kafkacluster-manual-roll shows as drift until Git has it.",
            ]
        },
        { Brokers, Cluster, Kafka with { Disks = [Disk(0, 85)] }, [] },
        {
            Brokers, Cluster, Kafka with { Disks = [DiskSnapshot.Untold(0), Disk(1, 10), DiskSnapshot.Untold(2)] },
            ["DISK_LOW Brokers [0, 2] do not report how full their disks are, as before Kafka 3.3; check them yourself."]
        },
        { Brokers with { Component = RollComponent.Controllers }, Cluster, Kafka with { TopicsWithoutSpare = [new("orders", 2, 2)] }, [] },
        {
            Brokers with { AcceptUnavailable = ["orders"] }, Cluster, Kafka with { TopicsWithoutSpare = [new("orders", 2, 2)] },
            ["RF_NOT_ABOVE_MIN_ISR Topic orders (replication factor 2, min ISR 2) accepts no writes while one of its replicas restarts; "
                + "this is accepted."]
        },
        {
            Brokers with { Component = RollComponent.Controllers, AcceptQuorumLoss = true }, OneController, OneVoter,
            ["QUORUM_SINGLE The KRaft quorum has only one voter, 9990: no metadata can change while it restarts; this is accepted."]
        },
    };

    [Fact]
    public void RollPlan_Both_TakesControllersThenBrokersHighestOrdinalFirst()
    {
        PlanDraft draft = RollPlanner.Plan(Brokers with { Component = RollComponent.Both }, Target, Cluster, Kafka);

        Assert.Equal(
            [
                "1 trigger-controllers-roll Update kraftcontrollers.platform.confluent.io confluent/kraftcontroller",
                "2 supervise-controllers-roll Run pods confluent/kraftcontroller-2",
                "3 supervise-controllers-roll Run pods confluent/kraftcontroller-1",
                "4 supervise-controllers-roll Run pods confluent/kraftcontroller-0",
                "5 trigger-brokers-roll Update kafkas.platform.confluent.io confluent/kafka",
                "6 supervise-brokers-roll Run pods confluent/kafka-2",
                "7 supervise-brokers-roll Run pods confluent/kafka-1",
                "8 supervise-brokers-roll Run pods confluent/kafka-0",
            ],
            draft.Items.Select(item => $"{item.Seq} {item.Step} {item.Action} {item.Object}"));
        Assert.Equal((6 * TimeSpan.FromMinutes(4)) + (2 * TimeSpan.FromSeconds(30)), draft.Estimate.Do);
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(7, 5, true)]
    [InlineData(5, 6, false)]
    public void RollPlan_QuotaOfTheNamespace_MustLeaveRoomForOnePodMore(int used, int hard, bool isRefused)
    {
        QuotaReading quotas = new([new QuotaSnapshot("full", "pods", hard, used, 1, "kafka-2")]);

        PlanDraft draft = RollPlanner.Plan(Brokers, Target, Cluster with { Kafka = WholeConfluent.Kafka with { Quotas = quotas } }, Kafka);

        Assert.Equal(isRefused, draft.Blocks);
        Assert.Equal(isRefused ? [KubernetesCodes.QuotaFull] : [], draft.Refusals.Select(refusal => refusal.Code));
    }

    [Theory]
    [InlineData(RollComponent.Brokers, "trigger-brokers-roll", 4)]
    [InlineData(RollComponent.Controllers, "trigger-controllers-roll", 4)]
    public void RollPlan_OnePart_TakesThatOneAlone(RollComponent part, string first, int items)
    {
        PlanDraft draft = RollPlanner.Plan(Brokers with { Component = part }, Target, Cluster, Kafka);

        Assert.Equal(first, draft.Items[0].Step);
        Assert.Equal(items, draft.Items.Count);
    }

    [Fact]
    public void RollPlan_Trigger_ShowsTheAnnotationWithAPlaceholderForTheRun()
    {
        PlanDraft draft = RollPlanner.Plan(
            Brokers, Target, Cluster with { Kafka = WholeConfluent.Kafka with { ManualRoll = "earlier" } }, Kafka);

        Assert.Equal(
            new FieldChange(
                "spec.podTemplate.annotations.kafkacluster-manual-roll", "earlier", "{workflowId}/brokers/1",
                "makes the operator roll the pods")
            {
                Pointer = "/spec/podTemplate/annotations/kafkacluster-manual-roll",
            },
            Assert.Single(draft.Items[0].Changes));
        Assert.Equal("uid-of-kafka", draft.Items[0].Object.Uid);
        Assert.All(draft.Items, item => Assert.Equal(UndoKind.None, item.Undo));
    }

    [Theory]
    [InlineData(RollComponent.Brokers, "run-1/brokers/1")]
    [InlineData(RollComponent.Controllers, "run-1/controllers/1")]
    public void RollKey_OfARun_IsTheSameHoweverOftenItIsMade(RollComponent part, string key) =>
        Assert.Equal(key, RollPlanner.RollKey("run-1", part));

    [Fact]
    public void RollPlan_Facts_AreExactWhereTheyDecideAndForInformationWhereTheyMove()
    {
        PlanDraft draft = RollPlanner.Plan(Brokers, Target, Cluster, Kafka);

        Assert.Equal(
            [
                "Exact kafkas.platform.confluent.io confluent/kafka metadata.generation = 4",
                "Exact kafkas.platform.confluent.io confluent/kafka StatefulSet updateRevision = r1",
                "Exact kafka cluster id = mnscLT5PSluMbX6PkKGyww",
                "Info topics = 12",
                "Info partitions = 36",
                "Info quorum leader = 9991",
                "Info broker 0 = leads 12 of 36 partitions",
                "Info broker 1 = leads 12 of 36 partitions",
                "Info broker 2 = leads 12 of 36 partitions",
            ],
            draft.Observed.Select(fact => $"{fact.Tolerance} {fact.Key} = {fact.Value}"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void RollPlan_ClusterThatIsNotWhole_IsRefusedWithNamesAndNumbersAndPlansNothing(
        RollKafkaClusterInput input, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka, string[] reasons)
    {
        PlanDraft draft = RollPlanner.Plan(input, Target, cluster, kafka);

        Assert.Equal(reasons, Text(draft.Refusals));
        Assert.True(draft.Blocks);
        Assert.Empty(draft.Items);
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void RollPlan_WhatDoesNotConcernItOrIsAccepted_DoesNotBlock(
        RollKafkaClusterInput input, ConfluentClusterSnapshot cluster, KafkaSnapshot kafka, string[] warnings)
    {
        PlanDraft draft = RollPlanner.Plan(input, Target, cluster, kafka);

        Assert.False(draft.Blocks);
        Assert.NotEmpty(draft.Items);
        Assert.Equal(warnings, Text(draft.Refusals));
    }

    private static DiskSnapshot Disk(int broker, int usedPercent)
    {
        const long Total = 10L << 30;
        return new(broker, $"/data/{broker}", Total, Total - (Total * usedPercent / 100));
    }

    private static ConfluentClusterSnapshot OwnedBy(GitOwner owner) =>
        Cluster with { Kafka = WholeConfluent.Kafka with { GitOwner = owner } };

    private static IEnumerable<string> Text(IReadOnlyList<Refusal> refusals) =>
        refusals.Select(refusal => $"{refusal.Code} {refusal.Sentence}");
}
