using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Tests.Confluent;

/// <summary>Whether the operator and its resources can take a change, and what is said where they cannot.</summary>
public sealed class ConfluentPrechecksTests
{
    private const string Kafka = "kafkas.platform.confluent.io confluent/kafka";

    private static readonly ConfluentClusterSnapshot Cluster = WholeConfluent.Cluster;
    private static readonly ComponentSnapshot Whole = WholeConfluent.Kafka;

    /// <summary>A cluster and every reason against a change in it.</summary>
    public static TheoryData<ConfluentClusterSnapshot, string[]> Clusters => new()
    {
        { Cluster, [] },
        { Cluster with { NamespaceFound = false, Kafka = null, Operator = null }, ["TARGET_NOT_FOUND There is no namespace confluent."] },
        { Cluster with { Kafka = null }, [$"TARGET_NOT_FOUND There is no {Kafka}: the namespace has none."] },
        { Cluster with { Kafka = null, NearNames = ["kafka2", "mykafka"] },
            [$"TARGET_NOT_FOUND There is no {Kafka}: there are kafka2, mykafka."] },
        {
            Cluster with { NamespaceTerminating = true, Operator = null },
            [
                "NAMESPACE_TERMINATING Namespace confluent is being deleted.",
                "OPERATOR_MISSING No available Deployment with the label app=confluent-operator covers namespace confluent: "
                    + "nothing would carry out the change.",
            ]
        },
    };

    /// <summary>A resource and every reason against changing it.</summary>
    public static TheoryData<ComponentSnapshot, string[]> Components => new()
    {
        { Whole, [] },
        { Whole with { Phase = "PROVISIONING" }, [$"CR_NOT_RUNNING {Kafka} is in phase PROVISIONING, not RUNNING."] },
        { Whole with { Phase = null }, [$"CR_NOT_RUNNING {Kafka} is in phase (none), not RUNNING."] },
        { Whole with { ClusterReady = "False" },
            [$"CR_NOT_READY {Kafka} has the condition platform.confluent.io/cluster-ready False, not True."] },
        { Whole with { ClusterReady = null },
            [$"CR_NOT_READY {Kafka} has the condition platform.confluent.io/cluster-ready (none), not True."] },
        { Whole with { Generation = 5 }, [$"CR_STALE {Kafka} is at generation 5, the operator has seen 4."] },
        { Whole with { ObservedGeneration = null }, [$"CR_STALE {Kafka} is at generation 4, the operator has seen none."] },
        { Whole with { ObservedGeneration = 5 }, [] },
        {
            Whole with
            {
                Holds =
                [
                    new("platform.confluent.io/block-reconcile", "true", "kubectl-annotate", new(2026, 11, 20, 8, 30, 0, TimeSpan.Zero)),
                ],
            },
            [$"RECONCILE_BLOCKED {Kafka} carries platform.confluent.io/block-reconcile=true, "
                + "set by kubectl-annotate at 2026-11-20 08:30:00Z: the operator is held."]
        },
        {
            Whole with { Holds = [new(OperatorHold.BlockReconcile, "true", "orchestrator", null, "CHG-20261120-ABCDEF")] },
            [$"RECONCILE_BLOCKED {Kafka} carries platform.confluent.io/block-reconcile=true, set by change CHG-20261120-ABCDEF: "
                + "the operator is held."]
        },
        {
            Whole with { Holds = [new("platform.confluent.io/roll-precheck", "disable", null, null)] },
            [
                $"RECONCILE_BLOCKED {Kafka} carries platform.confluent.io/roll-precheck=disable, set by an unknown manager: "
                    + "the operator may not check the partitions before it restarts a pod.",
            ]
        },
        {
            Whole with { Holds = [new(OperatorHold.BlockReconcile, "False", "kubectl", null)] },
            [
                $"RECONCILE_BLOCKED {Kafka} carries platform.confluent.io/block-reconcile=False, set by kubectl: "
                    + "that does not hold the operator, but while the annotation is there this change could not hold it in an emergency.",
            ]
        },
        {
            Whole with { Holds = [new(OperatorHold.RollMetadata, """{"a":"long one"}""", "manager", null)] },
            [
                $"RECONCILE_BLOCKED {Kafka} carries platform.confluent.io/roll-metadata, set by manager: "
                    + "the operator's own notes on a roll. Where no roll is under way they are left over, "
                    + "and may prevent the next one; if it does not start, remove the annotation.",
            ]
        },
        {
            Whole with
            {
                Holds = [new("confluent-operator.webhooks.platform.confluent.io/allow-kafka-pod-deletion", "true", "kubectl-label", null)],
            },
            [
                $"RECONCILE_BLOCKED {Kafka} carries the label "
                    + "confluent-operator.webhooks.platform.confluent.io/allow-kafka-pod-deletion=true, "
                    + "set by kubectl-label: the operator's webhook allows pods or resources to be deleted that it otherwise protects.",
            ]
        },
        { Whole with { StatefulSet = null }, [$"CR_NOT_READY {Kafka} has no StatefulSet."] },
        { Whole with { StatefulSet = new("r1", Partition: 2) },
            [$"ROLL_UNSUPPORTED The StatefulSet of {Kafka} holds back pods below ordinal 2 from a roll."] },
        {
            Whole.With(2, pod => pod with { Revision = "r2" }) with { StatefulSet = new("r2", 0) },
            [$"ROLL_IN_PROGRESS 2 of 3 pods of {Kafka} are not at revision r2: kafka-0, kafka-1. A roll is under way."]
        },
        { Whole.With(1, pod => pod with { Terminating = true }), [$"POD_TERMINATING Pods of {Kafka} are being deleted: kafka-1."] },
        {
            Whole.With(1, pod => pod with { Ready = false, WaitingReason = "CrashLoopBackOff" })
                .With(0, pod => pod with { Ready = false, Phase = "Pending" }),
            [$"POD_NOT_READY 1 of 3 pods of {Kafka} are Ready; not Ready: kafka-0 (Pending), kafka-1 (CrashLoopBackOff)."]
        },
        { Whole.With(1, _ => null), [$"POD_NOT_READY 2 of 3 pods of {Kafka} are Ready."] },
        { Whole with { Pods = [] }, [$"POD_NOT_READY 0 of 3 pods of {Kafka} are Ready."] },
    };

    /// <summary>Nodes and every reason against restarting pods on them.</summary>
    public static TheoryData<NodeSnapshot[], string[]> Nodes => new()
    {
        { [WholeConfluent.Node("node-0"), WholeConfluent.Node("node-1"), WholeConfluent.Node("node-2")], [] },
        { [new("node-1", Ready: true, Cordoned: true)],
            ["NODES_FULL Node node-1 of pod kafka-1 is cordoned: the restarted pod may not come back there."] },
        { [new("node-2", Ready: false, Cordoned: false)],
            ["NODES_FULL Node node-2 of pod kafka-2 is not Ready: the restarted pod may not come back there."] },
        { [new("node-9", Ready: false, Cordoned: true)], [] },
    };

    [Theory]
    [MemberData(nameof(Clusters))]
    public void ConfluentPrechecks_Cluster_NamesEveryReason(ConfluentClusterSnapshot cluster, string[] reasons) =>
        Assert.Equal(reasons, Text(ConfluentPrechecks.Check(cluster, "confluent", "kafka")));

    [Theory]
    [MemberData(nameof(Components))]
    public void ConfluentPrechecks_Resource_NamesEveryReason(ComponentSnapshot component, string[] reasons) =>
        Assert.Equal(reasons, Text(ConfluentPrechecks.CheckComponent(component, Cluster.Nodes)));

    [Theory]
    [MemberData(nameof(Nodes))]
    public void ConfluentPrechecks_Nodes_NameEveryReason(NodeSnapshot[] nodes, string[] reasons) =>
        Assert.Equal(reasons, Text(ConfluentPrechecks.CheckComponent(Whole, nodes)));

    private static IEnumerable<string> Text(IReadOnlyList<Refusal> refusals) =>
        refusals.Select(refusal => $"{refusal.Code} {refusal.Sentence}");
}
