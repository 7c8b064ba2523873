using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Workflows.Tests.Confluent;

/// <summary>
/// What the operator shows of a cluster that is whole: <c>kafka</c> and <c>kraftcontroller</c> in namespace confluent, three pods each.
/// </summary>
internal static class WholeConfluent
{
    public const string Revision = "r1";

    public static ComponentSnapshot Kafka { get; } = Component("kafkas", "kafka", WholeKafka.BrokerIds);

    public static ComponentSnapshot Controllers { get; } = Component("kraftcontrollers", "kraftcontroller", WholeKafka.VoterIds);

    public static ConfluentClusterSnapshot Cluster { get; } = new(
        WholeKafka.Snapshot.TakenAt,
        NamespaceFound: true,
        NamespaceTerminating: false,
        new OperatorSnapshot("confluent", "confluent-operator", 1),
        Kafka,
        Controllers,
        NearNames: [],
        [Node("node-0"), Node("node-1"), Node("node-2")])
    {
        KafkaClusterIds =
        [
            new KafkaClusterId("kraftcontrollers.platform.confluent.io confluent/kraftcontroller status.clusterID", WholeKafka.ClusterId),
        ],
    };

    public static NodeSnapshot Node(string name) => new(name, Ready: true, Cordoned: false);

    public static PodSnapshot Pod(string resource, int ordinal, string uid, string revision) => new(
        $"{resource}-{ordinal}", ordinal, uid, revision, "Running", Ready: true, Terminating: false, $"node-{ordinal}", WaitingReason: null,
        Unschedulable: null);

    /// <summary>With one pod changed; removed where the change gives null.</summary>
    public static ComponentSnapshot With(this ComponentSnapshot component, int ordinal, Func<PodSnapshot, PodSnapshot?> change) =>
        component with
    {
        Pods = [.. component.Pods.Select(pod => pod.Ordinal == ordinal ? change(pod) : pod).OfType<PodSnapshot>()],
    };

    private static ComponentSnapshot Component(string plural, string name, IReadOnlyList<int> nodeIds) => new(
        new ObjectReference("platform.confluent.io", "v1beta1", plural, "confluent", name, $"uid-of-{name}"),
        Generation: 4,
        ObservedGeneration: 4,
        Phase: "RUNNING",
        ClusterReady: "True",
        Replicas: 3,
        ReadyReplicas: 3,
        ManualRoll: null,
        Holds: [],
        nodeIds,
        new StatefulSetSnapshot(Revision, Partition: 0),
        [Pod(name, 0, $"{name}-0-a", Revision), Pod(name, 1, $"{name}-1-a", Revision), Pod(name, 2, $"{name}-2-a", Revision)]);
}
