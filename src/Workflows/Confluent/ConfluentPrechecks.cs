using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Workflows.Confluent;

/// <summary>Whether the Confluent operator and its resources are in a state that a change can start from. Pure.</summary>
public static class ConfluentPrechecks
{
    private const string Running = "RUNNING";
    private const string ReadyTrue = "True";

    /// <summary>Every reason why not; empty where it is.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="namespace">The namespace that was asked for.</param>
    /// <param name="name">The <c>Kafka</c> resource that was asked for.</param>
    public static IReadOnlyList<Refusal> Check(ConfluentClusterSnapshot snapshot, string @namespace, string name)
    {
        if (!snapshot.NamespaceFound)
        {
            return [Refusal.Block(ReasonCodes.TargetNotFound, $"There is no namespace {@namespace}.", $"namespace {@namespace}")];
        }

        if (snapshot.Kafka is null)
        {
            string near = snapshot.NearNames.Count == 0 ? "the namespace has none" : $"there are {string.Join(", ", snapshot.NearNames)}";
            return
            [
                Refusal.Block(
                    ReasonCodes.TargetNotFound,
                    $"There is no kafkas.platform.confluent.io {@namespace}/{name}: {near}.",
                    $"kafkas.platform.confluent.io {@namespace}/{name}"),
            ];
        }

        List<Refusal> refusals = [];
        if (snapshot.NamespaceTerminating)
        {
            refusals.Add(
                Refusal.Block(
                    KubernetesCodes.NamespaceTerminating, $"Namespace {@namespace} is being deleted.", $"namespace {@namespace}"));
        }

        if (snapshot.Operator is null)
        {
            refusals.Add(Refusal.Block(
                ConfluentCodes.OperatorMissing,
                $"No available Deployment with the label app=confluent-operator covers namespace {@namespace}: "
                    + "nothing would carry out the change.",
                "deployment confluent-operator",
                "0 available",
                "1"));
        }

        return refusals;
    }

    /// <summary>Every reason why one resource cannot be changed now; empty where it can.</summary>
    /// <param name="component">The resource.</param>
    /// <param name="nodes">The nodes that its pods run on.</param>
    public static IReadOnlyList<Refusal> CheckComponent(ComponentSnapshot component, IReadOnlyList<NodeSnapshot> nodes) =>
    [
        .. Condition(component),
        .. Holds(component),
        .. Revision(component),
        .. Pods(component),
        .. Nodes(component, nodes),
    ];

    private static IEnumerable<Refusal> Condition(ComponentSnapshot component)
    {
        string who = component.Reference.ToString();
        if (component.Phase != Running)
        {
            yield return Refusal.Block(ConfluentCodes.CrNotRunning, $"{who} is in phase {component.Phase ?? "(none)"}, not {Running}.", who,
                component.Phase, Running);
        }

        if (component.ClusterReady != ReadyTrue)
        {
            yield return Refusal.Block(
                ConfluentCodes.CrNotReady,
                $"{who} has the condition platform.confluent.io/cluster-ready {component.ClusterReady ?? "(none)"}, not {ReadyTrue}.",
                who,
                component.ClusterReady,
                ReadyTrue);
        }

        if ((component.ObservedGeneration ?? 0) < component.Generation)
        {
            yield return Refusal.Block(
                ConfluentCodes.CrStale,
                $"{who} is at generation {component.Generation}, "
                    + $"the operator has seen {component.ObservedGeneration?.ToString() ?? "none"}.",
                who,
                component.ObservedGeneration?.ToString(),
                component.Generation.ToString());
        }
    }

    /// <summary>
    /// What holds the operator at a resource that is not changed: approvers should know, since it may be needed in an emergency.
    /// </summary>
    /// <param name="component">The resource.</param>
    public static IEnumerable<Refusal> HeldBeside(ComponentSnapshot component) =>
        component.Holds.Where(hold => hold.Stops).Select(hold => Refusal.Warn(
            ConfluentCodes.ReconcileBlocked,
            $"{Carries(component, hold)}: the operator is held there. This change does not touch it; "
                + "while it is held, nothing is restarted or repaired there.",
            component.Reference.ToString()));

    private static IEnumerable<Refusal> Holds(ComponentSnapshot component) => component.Holds.Select(hold => Hold(component, hold));

    private static Refusal Hold(ComponentSnapshot component, OperatorHold hold)
    {
        string who = component.Reference.ToString();
        string sentence = $"{Carries(component, hold)}: {Consequence(hold)}.";
        return hold.Annotation == OperatorHold.RollMetadata || hold.IsLabel
            ? Refusal.Warn(ConfluentCodes.ReconcileBlocked, sentence, who)
            : Refusal.Block(
                ConfluentCodes.ReconcileBlocked,
                sentence,
                who,
                $"{hold.Annotation}={hold.Value}",
                "absent",
                hold.ForChange is null
                    ? "Find out who set it and why, then remove the annotation."
                    : $"Use 'sop status {hold.ForChange}' to see how that change ended and which pods it had restarted; "
                        + $"then {LetGo(component, hold)}");
    }

    private static string Carries(ComponentSnapshot component, OperatorHold hold)
    {
        // The operator's notes on a roll are long, and tell nobody anything.
        string value = hold.Annotation == OperatorHold.RollMetadata ? "" : $"={hold.Value}";
        string since = hold.Since is null ? "" : $" at {hold.Since:u}";
        return $"{component.Reference} carries {(hold.IsLabel ? "the label " : "")}{hold.Annotation}{value}, set by {Setter(hold)}{since}";
    }

    private static string Setter(OperatorHold hold) =>
        hold.ForChange is null ? hold.SetBy ?? "an unknown manager" : $"change {hold.ForChange}";

    private static string LetGo(ComponentSnapshot component, OperatorHold hold)
    {
        Kubernetes.ObjectReference reference = component.Reference;
        return $"kubectl annotate {reference.Resource}/{reference.Name} -n {reference.Namespace} {hold.Annotation}- {OperatorHold.Owner}-";
    }

    private static string Consequence(OperatorHold hold) => hold switch
    {
        { Annotation: OperatorHold.RollPrecheck } => "the operator may not check the partitions before it restarts a pod",
        { Annotation: OperatorHold.RollMetadata } =>
            "the operator's own notes on a roll. Where no roll is under way they are left over, and may prevent the next one; "
                + "if it does not start, remove the annotation",
        { IsLabel: true } => "the operator's webhook allows pods or resources to be deleted that it otherwise protects",
        { Stops: true } => "the operator is held",
        _ => "that does not hold the operator, but while the annotation is there this change could not hold it in an emergency",
    };

    private static IEnumerable<Refusal> Revision(ComponentSnapshot component)
    {
        string who = component.Reference.ToString();
        if (component.StatefulSet is not { } statefulSet)
        {
            yield return Refusal.Block(ConfluentCodes.CrNotReady, $"{who} has no StatefulSet.", who);
            yield break;
        }

        if (statefulSet.Partition > 0)
        {
            yield return Refusal.Block(
                ConfluentCodes.RollUnsupported,
                $"The StatefulSet of {who} holds back pods below ordinal {statefulSet.Partition} from a roll.",
                who,
                $"partition {statefulSet.Partition}",
                "partition 0");
        }

        List<string> old = [.. component.Pods.Where(pod => pod.Revision != statefulSet.UpdateRevision).Select(pod => pod.Name)];
        if (old.Count > 0)
        {
            yield return Refusal.Block(
                ConfluentCodes.RollInProgress,
                $"{old.Count} of {component.Pods.Count} pods of {who} are not at revision {statefulSet.UpdateRevision}: "
                    + $"{ShortList.Of(old)}. A roll is under way.",
                who,
                $"{old.Count} pods at another revision",
                "0");
        }
    }

    private static IEnumerable<Refusal> Pods(ComponentSnapshot component)
    {
        string who = component.Reference.ToString();
        List<string> terminating = [.. component.Pods.Where(pod => pod.Terminating).Select(pod => pod.Name)];
        if (terminating.Count > 0)
        {
            yield return Refusal.Block(
                KubernetesCodes.PodTerminating, $"Pods of {who} are being deleted: {ShortList.Of(terminating)}.", who);
        }

        int ready = component.Pods.Count(pod => pod.Ready);
        if (ready < component.Replicas)
        {
            string notReady = ShortList.Of(
                [.. component.Pods.Where(pod => !pod.Ready).Select(pod => $"{pod.Name} ({pod.WaitingReason ?? pod.Phase})")]);
            yield return Refusal.Block(
                KubernetesCodes.PodNotReady,
                $"{ready} of {component.Replicas} pods of {who} are Ready{(notReady.Length == 0 ? "" : $"; not Ready: {notReady}")}.",
                who,
                $"{ready} Ready",
                $"{component.Replicas}");
        }
    }

    private static IEnumerable<Refusal> Nodes(ComponentSnapshot component, IReadOnlyList<NodeSnapshot> nodes)
    {
        foreach (PodSnapshot pod in component.Pods)
        {
            NodeSnapshot? node = nodes.FirstOrDefault(node => node.Name == pod.Node);
            if (node is { Cordoned: true } or { Ready: false })
            {
                string state = node.Cordoned ? "cordoned" : "not Ready";
                yield return Refusal.Block(
                    KubernetesCodes.NodesFull,
                    $"Node {node.Name} of pod {pod.Name} is {state}: the restarted pod may not come back there.",
                    $"node {node.Name}",
                    state,
                    "Ready and schedulable");
            }
        }
    }
}
