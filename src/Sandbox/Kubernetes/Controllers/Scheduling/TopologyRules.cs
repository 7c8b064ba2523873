using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>
/// The rules of a pod that look at other pods: affinity, anti-affinity (its own and that of pods that run already) and spread. The pods
/// are counted by domain once, and each node is then asked about by its labels.
/// </summary>
internal sealed class TopologyRules
{
    private readonly List<Term> _affinity;
    private readonly List<Term> _antiAffinity;
    private readonly HashSet<(string TopologyKey, string Domain)> _forbidden = [];
    private readonly List<Spread> _spreads;

    public TopologyRules(PodFacts pod, PodCache pods, NodeCache nodes, IEnumerable<PodFacts> repellent)
    {
        Dictionary<(string, string), int> Count(LabelSelector selector, IEnumerable<string> namespaces, string topologyKey) =>
            namespaces.SelectMany(each => pods.Select(each, selector)).Where(each => !each.HasEnded)
                .Select(each => nodes.NodeOf(each)).OfType<string>().Select(node => nodes.Find(node)?.Labels.GetValueOrDefault(topologyKey))
                .Where(domain => domain is not null).GroupBy(domain => (topologyKey, domain!))
                .ToDictionary(each => each.Key, each => each.Count());

        List<Term> Terms(string kind) =>
        [
            .. Required(pod, kind).Select(term =>
            {
                LabelSelector selector = LabelSelector.Of(term.At("labelSelector") ?? default);
                string topologyKey = term.Text("topologyKey") ?? "";
                return new Term(topologyKey, selector.Matches(pod.Labels), Count(selector, Namespaces(term, pod.Namespace), topologyKey));
            }),
        ];

        _affinity = Terms("podAffinity");
        _antiAffinity = Terms("podAntiAffinity");
        foreach (PodFacts other in repellent.Where(each => !each.HasEnded))
        {
            IReadOnlyDictionary<string, string>? labels = nodes.NodeOf(other) is { } occupied ? nodes.Find(occupied)?.Labels : null;
            foreach (JsonElement term in Required(other, "podAntiAffinity"))
            {
                string topologyKey = term.Text("topologyKey") ?? "";
                if (labels?.GetValueOrDefault(topologyKey) is { } domain && Namespaces(term, other.Namespace).Contains(pod.Namespace)
                    && LabelSelector.Of(term.At("labelSelector") ?? default).Matches(pod.Labels))
                {
                    _forbidden.Add((topologyKey, domain));
                }
            }
        }

        _spreads =
        [
            .. pod.Object.Spec.Items("topologySpreadConstraints").Where(each => each.Text("whenUnsatisfiable") != "ScheduleAnyway")
                .Select(each =>
                {
                    LabelSelector selector = LabelSelector.Of(each.At("labelSelector") ?? default);
                    string topologyKey = each.Text("topologyKey") ?? "";
                    Dictionary<(string, string), int> counts = Count(selector, [pod.Namespace], topologyKey);
                    int least = nodes.All.Select(node => node.Labels.GetValueOrDefault(topologyKey)).Where(domain => domain is not null)
                        .Select(domain => counts.GetValueOrDefault((topologyKey, domain!))).DefaultIfEmpty(0).Min();
                    return new Spread(topologyKey, (int)(each.Number("maxSkew") ?? 1), selector.Matches(pod.Labels) ? 1 : 0, least, counts);
                }),
        ];
    }

    /// <summary>Whether a pod asks that others stay away from it.</summary>
    public static bool Repels(PodFacts pod) => Required(pod, "podAntiAffinity").Any();

    /// <summary>Why the pod cannot go to a node; null where it can.</summary>
    public NodeRefusal? Refusal(NodeFacts node)
    {
        foreach (Spread spread in _spreads)
        {
            if (node.Labels.GetValueOrDefault(spread.TopologyKey) is not { } domain)
            {
                return new NodeRefusal("node(s) didn't match pod topology spread constraints (missing required label)", true);
            }

            if (spread.Counts.GetValueOrDefault((spread.TopologyKey, domain)) + spread.Own - spread.Least > spread.MaxSkew)
            {
                return new NodeRefusal("node(s) didn't match pod topology spread constraints", false);
            }
        }

        // The first pod of a group that wants to be together has nobody to go to.
        if (_affinity.Exists(term => !Occupies(term, node) && !(term.IncludesPod && term.Counts.Count == 0)))
        {
            return new NodeRefusal("node(s) didn't match pod affinity rules", true);
        }

        if (_antiAffinity.Exists(term => Occupies(term, node)))
        {
            return new NodeRefusal("node(s) didn't match pod anti-affinity rules", false);
        }

        return _forbidden.Any(each => node.Labels.GetValueOrDefault(each.TopologyKey) == each.Domain)
            ? new NodeRefusal("node(s) didn't satisfy existing pods anti-affinity rules", false)
            : null;
    }

    private static IEnumerable<JsonElement> Required(PodFacts pod, string kind) =>
        pod.Object.Spec.Items("affinity", kind, "requiredDuringSchedulingIgnoredDuringExecution");

    private static bool Occupies(Term term, NodeFacts node) =>
        node.Labels.GetValueOrDefault(term.TopologyKey) is { } domain && term.Counts.ContainsKey((term.TopologyKey, domain));

    private static IReadOnlyList<string> Namespaces(JsonElement term, string own) =>
        term.Items("namespaces").Select(each => each.GetString()!).ToList() is { Count: > 0 } named ? named : [own];

    private sealed record Term(string TopologyKey, bool IncludesPod, Dictionary<(string, string), int> Counts);

    private sealed record Spread(string TopologyKey, int MaxSkew, int Own, int Least, Dictionary<(string, string), int> Counts);
}
