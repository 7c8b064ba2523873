namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>What may feel a change, by name; shown to approvers, and not part of the plan's hash.</summary>
/// <param name="Nodes">The nodes that it works on, or on which pods come and go.</param>
/// <param name="Namespaces">The namespaces with objects that it changes.</param>
/// <param name="Workloads">The workloads that it changes or restarts, as <c>kind namespace/name</c>.</param>
public sealed record BlastRadius(IReadOnlyList<string> Nodes, IReadOnlyList<string> Namespaces, IReadOnlyList<string> Workloads)
{
    /// <summary>Nothing feels it.</summary>
    public static BlastRadius None { get; } = new([], [], []);

    /// <summary>Such as <c>3 nodes, 1 namespace, 2 workloads</c>.</summary>
    public override string ToString() => $"{Count(Nodes, "node")}, {Count(Namespaces, "namespace")}, {Count(Workloads, "workload")}";

    /// <summary>The reach of a change of workloads whose pods are restarted.</summary>
    /// <param name="workloads">The workloads, as <c>kind namespace/name</c>.</param>
    /// <param name="namespace">Their namespace.</param>
    /// <param name="nodes">The nodes of their pods; null for a pod without one.</param>
    public static BlastRadius OfRestarts(IEnumerable<string> workloads, string @namespace, IEnumerable<string?> nodes) =>
        new([.. nodes.OfType<string>().Distinct().Order(StringComparer.Ordinal)], [@namespace], [.. workloads]);

    private static string Count(IReadOnlyList<string> names, string what) => $"{names.Count} {what}{(names.Count == 1 ? "" : "s")}";
}
