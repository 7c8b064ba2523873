using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>
/// Asks of a pod and a node, in the order of the scheduler's filters, whether they fit: cordon, name, taints, labels, resources, volumes,
/// other pods. The first that refuses gives the reason.
/// </summary>
internal sealed class NodeFilter(PodFacts pod, ClaimedVolumes volumes, TopologyRules topology)
{
    private readonly JsonElement _spec = pod.Object.Spec;
    private readonly Resources _asked = Resources.OfPod(pod.Object.Spec);

    /// <summary>Why the pod cannot go to a node; null where it can.</summary>
    public NodeRefusal? Refusal(NodeFacts node)
    {
        if (node.IsUnschedulable && !new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule").IsToleratedBy(_spec))
        {
            return new NodeRefusal("node(s) were unschedulable", true);
        }

        if (node.Taints.Any(each => each.Effect is "NoSchedule" or "NoExecute" && !each.IsToleratedBy(_spec)))
        {
            return new NodeRefusal("node(s) had untolerated taint(s)", true);
        }

        if (!MatchesLabels(node))
        {
            return new NodeRefusal("node(s) didn't match Pod's node affinity/selector", true);
        }

        return MissingResource(node) ?? volumes.Refusal(node) ?? topology.Refusal(node);
    }

    private bool MatchesLabels(NodeFacts node)
    {
        foreach ((string name, string value) in _spec.Texts("nodeSelector"))
        {
            if (node.Labels.GetValueOrDefault(name) != value)
            {
                return false;
            }
        }

        List<JsonElement> terms =
        [
            .. _spec.Items("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"),
        ];
        return terms.Count == 0 || terms.Exists(term => NodeTerms.Match(term, node));
    }

    // A pod that asks for more than the whole node has would not fit there alone either.
    private NodeRefusal? MissingResource(NodeFacts node)
    {
        Resources whole = node.Allocatable;
        Resources left = whole.Subtract(node.Taken);
        return left.Pods < 1 ? new("Too many pods", whole.Pods < 1)
            : _asked.Cpu > left.Cpu ? new("Insufficient cpu", _asked.Cpu > whole.Cpu)
            : _asked.Memory > left.Memory ? new("Insufficient memory", _asked.Memory > whole.Memory)
            : null;
    }
}

/// <summary>Terms of a node selector, as pods and volumes have them.</summary>
internal static class NodeTerms
{
    /// <summary>Whether a node has the labels and the name that a term asks for.</summary>
    public static bool Match(JsonElement term, NodeFacts node) =>
        LabelSelector.OfExpressions(term.Items("matchExpressions")).Matches(node.Labels)
        && LabelSelector.OfExpressions(term.Items("matchFields"))
            .Matches(new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata.name"] = node.Name });
}
