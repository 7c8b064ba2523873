using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>Checks whether a broker or controller can be restarted, and plans it. Pure.</summary>
internal static class RestartPlanner
{
    private const string CrashLoop = "CrashLoopBackOff";
    private static readonly TimeSpan PodEstimate = TimeSpan.FromMinutes(4);

    /// <summary>What a restart takes: an eviction, or of a dead pod the deletion.</summary>
    public static IReadOnlyList<AccessRight> Rights(bool repair) =>
        [repair ? new AccessRight("delete", "", "pods") : new AccessRight("create", "", "pods", "eviction")];

    /// <summary>Checks and plans.</summary>
    /// <param name="input">What was asked for.</param>
    /// <param name="target">The target, with its namespace.</param>
    /// <param name="cluster">What the operator shows.</param>
    /// <param name="kafka">What Kafka says; null where the cluster was not found.</param>
    public static PlanDraft Plan(RestartKafkaBrokerInput input, ChangeTarget target, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka)
    {
        IReadOnlyList<Refusal> refusals = [.. CheckBefore(input, target, cluster, kafka), .. kafka is null ? [] : DiskRules.Check(kafka)];
        if (kafka is null || refusals.Any(refusal => refusal.Blocks) || RestartPod.Find(input, cluster) is not { } pod)
        {
            return PlanDraft.Refused(refusals);
        }

        return new PlanDraft(
            refusals,
            [Item(pod)],
            [new("kafka cluster id", $"{KafkaIdentity.Of(cluster)}", FactTolerance.Exact), .. Facts(pod, kafka)],
            new PlanEstimate(PodEstimate, TimeSpan.Zero))
        {
            Contingent =
            [
                .. pod.Part == RollComponent.Brokers
                    ? (PlanItem[])[KafkaActs.Election(target.Namespace, input.Name, KafkaIdentity.Of(cluster))]
                    : [],
                KafkaActs.Trial(target.Namespace, input.Name, KafkaIdentity.Of(cluster)),
            ],
            KafkaClusterId = KafkaIdentity.Of(cluster),
            BlastRadius = BlastRadius.OfRestarts([pod.Component.Reference.ToString()], target.Namespace!, [pod.Pod.Node]),
        };
    }

    /// <summary>Whether the pod can go: as <see cref="Check"/>, and that there is room for it to come back.</summary>
    public static IReadOnlyList<Refusal> CheckBefore(
        RestartKafkaBrokerInput input, ChangeTarget target, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka) =>
    [
        .. Check(input, target, cluster, kafka),
        .. RestartPod.Find(input, cluster) is { } pod ? RollReadiness.CheckRoom([pod.Part], target, cluster) : [],
    ];

    /// <summary>Whether the pod can be restarted: what is checked before the plan, right before the act and at the end.</summary>
    public static IReadOnlyList<Refusal> Check(
        RestartKafkaBrokerInput input, ChangeTarget target, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka)
    {
        List<Refusal> refusals = [.. ConfluentPrechecks.Check(cluster, target.Namespace!, input.Name)];
        if (cluster.Kafka is null)
        {
            return refusals;
        }

        if (RestartPod.Find(input, cluster) is not { } pod)
        {
            return [.. refusals, Unknown(input, cluster)];
        }

        IEnumerable<Refusal> whole =
        [
            .. ConfluentPrechecks.CheckComponent(pod.Component, cluster.Nodes),
            .. KafkaIdentity.Check(cluster, kafka, input.Name),
            .. kafka is null ? [] : RollReadiness.CheckKafka(cluster, kafka),
        ];
        return
        [
            .. refusals,
            .. input.Repair && pod.IsDown ? whole.Select(refusal => RestartRepair.Weigh(refusal, pod, kafka)) : whole,
            .. Beside(cluster, pod).SelectMany(ConfluentPrechecks.HeldBeside),
            .. PodItself(input, pod),
            .. kafka is null
                ? [Refusal.Unknown(KafkaCodes.KafkaUnreachable, $"Kafka {input.Name} was not read.", $"kafka {input.Name}")]
                : RestartGate.Check(pod, kafka, input.AcceptUnavailable),
        ];
    }

    private static IEnumerable<ComponentSnapshot> Beside(ConfluentClusterSnapshot cluster, RestartPod pod) =>
        ((ComponentSnapshot?[])[cluster.Kafka, cluster.Controllers])
            .OfType<ComponentSnapshot>()
            .Where(component => component != pod.Component);

    private static Refusal Unknown(RestartKafkaBrokerInput input, ConfluentClusterSnapshot cluster)
    {
        string known = string.Join(", ", RestartPod.All(cluster).Select(row => row.ToString()));
        return Refusal.Block(
            KafkaCodes.BrokerUnknown,
            $"Kafka {input.Name} has no {(input.Broker is { } id ? $"broker or controller {id}" : $"pod {input.Pod}")}; "
                + $"there are {(known.Length == 0 ? "none" : known)}.",
            input.Broker is { } broker ? $"broker {broker}" : $"pod {input.Pod}");
    }

    private static IEnumerable<Refusal> PodItself(RestartKafkaBrokerInput input, RestartPod pod)
    {
        if (input.Repair && !pod.IsDown)
        {
            yield return Refusal.Block(RestartKafkaBrokerCodes.RepairNotNeeded, $"Pod {pod.Pod.Name} is Ready; there is nothing to repair.",
                $"pod {pod.Pod.Name}", howToResolve: "Restart it without Repair.");
        }

        bool isSame = pod.Pod.Revision == pod.Component.StatefulSet?.UpdateRevision;
        if (pod.Pod.WaitingReason == CrashLoop && isSame && !(input.Repair && input.Change.TierAtLeast == ChangeTier.T3))
        {
            yield return Refusal.Block(
                RestartKafkaBrokerCodes.SameRevisionCrash,
                $"Pod {pod.Pod.Name} crashes at revision {pod.Pod.Revision}, which it would get again: a restart would not help.",
                $"pod {pod.Pod.Name}",
                CrashLoop,
                howToResolve: "Read its log and fix the cause; to restart it anyway, request it with Repair and TierAtLeast T3.");
        }
    }

    // A pod that is down is not evicted: a disruption budget would keep it for as long as it is down.
    private static PlanItem Item(RestartPod pod) => new(
        1,
        RestartNames.RemoveStep,
        pod.IsDown ? PlanAction.Delete : PlanAction.Evict,
        new PlanObject("kubernetes", "pods", pod.Component.Reference.Namespace, pod.Pod.Name, pod.Pod.Uid),
        [
            new FieldChange(
                "metadata.uid",
                pod.Pod.Uid,
                "(a new pod)",
                pod.IsDown
                    ? "the dead pod is deleted, and the StatefulSet makes it anew"
                    : "the pod is evicted, and the StatefulSet makes it anew"),
        ],
        UndoKind.None);

    private static IEnumerable<ObservedFact> Facts(RestartPod pod, KafkaSnapshot kafka)
    {
        yield return new($"pod {pod.Pod.Name} StatefulSet updateRevision", pod.Component.StatefulSet!.UpdateRevision, FactTolerance.Exact);
        yield return new($"pod {pod.Pod.Name} Ready", $"{pod.Pod.Ready}", FactTolerance.Exact);
        yield return new($"pod {pod.Pod.Name} node", pod.Pod.Node ?? "(none)", FactTolerance.Info);
        yield return new("quorum leader", $"{kafka.Quorum?.Leader}", FactTolerance.Info);
        if (kafka.Brokers.FirstOrDefault(broker => broker.Id == pod.NodeId) is { } known)
        {
            yield return new($"broker {known.Id}", $"leads {known.LeaderOf} of {known.ReplicaOf} partitions", FactTolerance.Info);
        }
    }
}
