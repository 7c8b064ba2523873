using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Workflows.Procedures.RollKafkaCluster;

/// <summary>Checks whether a cluster can be rolled, and plans the roll. Pure.</summary>
public static class RollPlanner
{
    // What a restart takes where nothing is known of this cluster's earlier ones.
    private static readonly TimeSpan PodEstimate = TimeSpan.FromMinutes(4);

    /// <summary>The parts to roll, in order: the controllers first, since brokers cannot come back without a quorum.</summary>
    public static IReadOnlyList<RollComponent> Parts(RollComponent component) =>
        component == RollComponent.Both ? [RollComponent.Controllers, RollComponent.Brokers] : [component];

    /// <summary>
    /// The value that triggers the roll of a part: the same after a crash or a reset, so writing it twice starts one roll.
    /// </summary>
    public static string RollKey(string workflowId, RollComponent part) => $"{workflowId}/{RollNames.Text(part)}/1";

    /// <summary>What a roll writes to: the resources of its parts.</summary>
    public static IReadOnlyList<AccessRight> Rights(RollComponent component) =>
        [.. Parts(component).Select(
            part => new AccessRight("patch", "platform.confluent.io", part == RollComponent.Brokers ? "kafkas" : "kraftcontrollers"))];

    /// <summary>Checks and plans.</summary>
    /// <param name="input">What was asked for.</param>
    /// <param name="target">The target, with its namespace.</param>
    /// <param name="cluster">What the operator shows.</param>
    /// <param name="kafka">What Kafka says; null where the cluster was not found.</param>
    public static PlanDraft Plan(RollKafkaClusterInput input, ChangeTarget target, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka)
    {
        // Room is looked at before the first pod: a roll that is under way is not stopped for it.
        IReadOnlyList<Refusal> refusals =
        [
            .. Check(input, target, cluster, kafka),
            .. kafka is null ? [] : DiskRules.Check(kafka),
            .. RollReadiness.CheckRoom(Parts(input.Component), target, cluster),
        ];
        if (kafka is null || refusals.Any(refusal => refusal.Blocks))
        {
            return PlanDraft.Refused(refusals);
        }

        List<(RollComponent Part, ComponentSnapshot Component)> parts =
            [.. Parts(input.Component).Select(part => (part, RollReadiness.Of(cluster, part)!))];
        int pods = parts.Sum(row => row.Component.Pods.Count);
        return new PlanDraft(
            refusals,
            [.. Items(parts)],
            [
                .. parts.SelectMany(row => Facts(row.Component)),
                new("kafka cluster id", $"{KafkaIdentity.Of(cluster)}", FactTolerance.Exact),
                .. KafkaFacts(kafka),
            ],
            new PlanEstimate((PodEstimate * pods) + (input.Cooldown * parts.Count), TimeSpan.Zero))
        {
            Contingent = RollContingents.Of(
                [.. parts.Select(row => (row.Part, row.Component.Reference))], input.Name, KafkaIdentity.Of(cluster), input.Canary),
            KafkaClusterId = KafkaIdentity.Of(cluster),
            BlastRadius = BlastRadius.OfRestarts(
                parts.Select(row => row.Component.Reference.ToString()), target.Namespace!,
                parts.SelectMany(row => row.Component.Pods).Select(pod => pod.Node)),
        };
    }

    /// <summary>
    /// Whether the cluster is whole and can lose a pod: what is checked before the plan, before every part, and at the end.
    /// </summary>
    /// <param name="input">What was asked for.</param>
    /// <param name="target">The target, with its namespace.</param>
    /// <param name="cluster">What the operator shows.</param>
    /// <param name="kafka">What Kafka says; null where the cluster was not found.</param>
    public static IReadOnlyList<Refusal> Check(RollKafkaClusterInput input, ChangeTarget target, ConfluentClusterSnapshot cluster,
        KafkaSnapshot? kafka) =>
    [
        .. ConfluentPrechecks.Check(cluster, target.Namespace!, input.Name),
        .. cluster.Kafka is null ? [] : CheckFound(input, cluster, kafka),
    ];

    private static IReadOnlyList<Refusal> CheckFound(RollKafkaClusterInput input, ConfluentClusterSnapshot cluster, KafkaSnapshot? kafka)
    {
        IEnumerable<Refusal> resources =
        [
            .. CheckParts(input, cluster),
            .. Parts(input.Component).Select(part => RollReadiness.Of(cluster, part)).OfType<ComponentSnapshot>().SelectMany(GitOps),
            .. Parts(input.Component).Select(part => RollReadiness.Of(cluster, part)).OfType<ComponentSnapshot>()
                .SelectMany(component => ConfluentPrechecks.CheckComponent(component, cluster.Nodes)),
            .. Parts(RollComponent.Both).Except(Parts(input.Component)).Select(part => RollReadiness.Of(cluster, part))
                .OfType<ComponentSnapshot>()
                .SelectMany(ConfluentPrechecks.HeldBeside),
        ];
        return kafka is null
            ? [.. resources, Refusal.Unknown(KafkaCodes.KafkaUnreachable, $"Kafka {input.Name} was not read.", $"kafka {input.Name}")]
            :
            [
                .. resources,
                .. KafkaIdentity.Check(cluster, kafka, input.Name),
                .. RollReadiness.CheckKafka(cluster, kafka),
                .. input.Component == RollComponent.Controllers ? [] : KafkaHealth.WithoutSpare(kafka, input.AcceptUnavailable),
                .. input.Component == RollComponent.Brokers ? [] : SingleVoter(input, kafka),
            ];
    }

    private static IEnumerable<Refusal> CheckParts(RollKafkaClusterInput input, ConfluentClusterSnapshot cluster)
    {
        if (input.Component != RollComponent.Brokers && cluster.Controllers is null)
        {
            yield return Refusal.Block(
                ReasonCodes.TargetNotFound,
                $"{cluster.Kafka!.Reference} refers to no existing KRaftController, so there are no controllers to roll.",
                "kraftcontrollers.platform.confluent.io");
        }
    }

    // The trigger is a field that Git does not have. What heals itself may take it back in the middle of the roll.
    private static IEnumerable<Refusal> GitOps(ComponentSnapshot component)
    {
        if (component.GitOwner is not { } owner)
        {
            yield break;
        }

        string who = $"{component.Reference} is applied by {owner.System}{(owner.Application is null ? "" : $", {owner.Application}")} "
            + $"({owner.SeenBy})";
        string what = $"{component.Reference}";
        yield return owner.SelfHeals switch
        {
            false => Refusal.Warn(KubernetesCodes.GitopsOwned,
                $"{who}, with self-heal off: {RollNames.TriggerField} shows as drift until Git has it.", what),
            true => Refusal.Block(
                KubernetesCodes.GitopsOwned,
                $"{who}, with self-heal on: it would revert {RollNames.TriggerField}.",
                what,
                "self-heal on",
                "self-heal off",
                "Change it through Git, or suspend self-heal while this runs."),
            null => Refusal.Unknown(
                KubernetesCodes.GitopsOwned,
                $"{who}; could not read whether self-heal is on and would revert {RollNames.TriggerField}.",
                what,
                "Let the worker read that object, or change it through Git."),
        };
    }

    private static IEnumerable<Refusal> SingleVoter(RollKafkaClusterInput input, KafkaSnapshot kafka)
    {
        if (kafka.Quorum is not { Voters: [VoterSnapshot only] })
        {
            yield break;
        }

        string sentence = $"The KRaft quorum has only one voter, {only.Id}: no metadata can change while it restarts";
        yield return input.AcceptQuorumLoss
            ? Refusal.Warn(KafkaCodes.QuorumSingle, $"{sentence}; this is accepted.", "quorum")
            : Refusal.Block(KafkaCodes.QuorumSingle, $"{sentence}.", "quorum", "1 voter", "3 voters",
                "Add controllers, or accept it with AcceptQuorumLoss.");
    }

    private static IEnumerable<PlanItem> Items(List<(RollComponent Part, ComponentSnapshot Component)> parts)
    {
        int seq = 0;
        foreach ((RollComponent part, ComponentSnapshot component) in parts)
        {
            ObjectReference reference = component.Reference;
            yield return new PlanItem(
                ++seq,
                RollNames.TriggerStep(part),
                PlanAction.Update,
                new PlanObject("kubernetes", reference.Resource, reference.Namespace, reference.Name, reference.Uid),
                [
                    new FieldChange(
                        RollNames.TriggerField,
                        component.ManualRoll,
                        RollKey(WarrantRules.WorkflowIdPlaceholder, part),
                        "makes the operator roll the pods")
                    {
                        Pointer = RollNames.TriggerPointer,
                    },
                ],
                UndoKind.None);
            foreach (string name in Restarts(component))
            {
                yield return new PlanItem(
                    ++seq,
                    RollNames.SuperviseStep(part),
                    PlanAction.Run,
                    new PlanObject("kubernetes", "pods", reference.Namespace, name),
                    [
                        new FieldChange(
                            "metadata.uid", "(this pod)", "(a new pod)", "the operator restarts it once all replicas are in sync"),
                    ],
                    UndoKind.None);
            }
        }
    }

    // In the operator's order; of more than ten the last line stands for the rest, which are all that there are below it.
    private static IEnumerable<string> Restarts(ComponentSnapshot component)
    {
        List<string> names = [.. component.Pods.OrderByDescending(pod => pod.Ordinal).Select(pod => pod.Name)];
        return names.Count <= ShortList.Named ? names
            : [.. names.Take(ShortList.Named), $"{names[ShortList.Named]} to {names[^1]} ({names.Count - ShortList.Named} pods)"];
    }

    private static IEnumerable<ObservedFact> Facts(ComponentSnapshot component)
    {
        yield return new($"{component.Reference} metadata.generation", $"{component.Generation}", FactTolerance.Exact);
        yield return new($"{component.Reference} StatefulSet updateRevision", component.StatefulSet!.UpdateRevision, FactTolerance.Exact);
    }

    private static IEnumerable<ObservedFact> KafkaFacts(KafkaSnapshot kafka)
    {
        yield return new("topics", $"{kafka.Topics}", FactTolerance.Info);
        yield return new("partitions", $"{kafka.Partitions}", FactTolerance.Info);
        yield return new("quorum leader", $"{kafka.Quorum?.Leader}", FactTolerance.Info);
        if (kafka.Brokers.Count > ShortList.Named)
        {
            yield return new("brokers", $"{kafka.Brokers.Count}", FactTolerance.Info);
        }

        foreach (BrokerSnapshot broker in kafka.Brokers.Take(ShortList.Named))
        {
            yield return new($"broker {broker.Id}", $"leads {broker.LeaderOf} of {broker.ReplicaOf} partitions", FactTolerance.Info);
        }
    }
}
