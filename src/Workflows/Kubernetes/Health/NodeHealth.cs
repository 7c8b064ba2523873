using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A node, as far as its health goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Conditions">Its conditions.</param>
/// <param name="IsCordoned">Whether it takes no new pods.</param>
/// <param name="KubeletVersion">The version of its kubelet, such as <c>v1.34.4</c>; null where it has not reported.</param>
public sealed record NodeSeen(string Name, IReadOnlyList<ConditionSeen> Conditions, bool IsCordoned, string? KubeletVersion)
{
    /// <summary>Since when it is cordoned; null where that is not known.</summary>
    public DateTimeOffset? CordonedSince { get; init; }

    /// <summary>Who cordoned it, as the API server recorded the writer; null where that is not known.</summary>
    public string? CordonedBy { get; init; }
}

/// <summary>A condition of an object.</summary>
/// <param name="Type">Such as <c>Ready</c>.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">A word.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Since">Since when it has this status; null where that is not said.</param>
public sealed record ConditionSeen(string Type, string Status, string? Reason, string? Message, DateTimeOffset? Since)
{
    /// <summary>What it says of itself, to be added to a sentence.</summary>
    internal string Told => string.Concat(
        Since is { } since ? $" since {since:u}" : "",
        Reason is null ? "" : $", {Reason}",
        string.IsNullOrEmpty(Message) ? "" : $": {Message.TrimEnd('.')}");
}

/// <summary>What is wrong with nodes. Pure.</summary>
public static class NodeHealth
{
    // The kubelet may be three minor versions older than the API server, and never newer (version skew policy of Kubernetes).
    private const int OldestKubelet = 3;

    /// <summary>The findings of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="server">The version of the API server, such as <c>v1.34.4</c>.</param>
    public static IEnumerable<Finding> Check(NodeSeen node, string server)
    {
        string what = $"node {node.Name}";
        ConditionSeen? ready = node.Conditions.FirstOrDefault(condition => condition.Type == "Ready");
        if (ready?.Status != "True")
        {
            yield return new(HealthCodes.NodeNotReady, FindingSeverity.Critical, what,
                $"Node {node.Name} is not Ready{ready?.Told ?? ": its kubelet has never reported"}.");
        }

        foreach (ConditionSeen condition in node.Conditions.Where(condition => condition.Status == "True"))
        {
            if (condition.Type is "MemoryPressure" or "DiskPressure" or "PIDPressure")
            {
                yield return new(HealthCodes.NodePressure, FindingSeverity.Warning, what,
                    $"Node {node.Name} has {condition.Type}{condition.Told}.");
            }
            else if (condition.Type == "NetworkUnavailable")
            {
                yield return new(HealthCodes.NodeNetwork, FindingSeverity.Critical, what,
                    $"Node {node.Name} has no network{condition.Told}.");
            }
        }

        if (node.IsCordoned)
        {
            string since = node.CordonedSince is { } at ? $" since {at:u}" : "";
            string by = node.CordonedBy is { } who ? $", by {who}" : "";
            yield return new(HealthCodes.NodeCordoned, FindingSeverity.Warning, what, $"Node {node.Name} is cordoned{since}{by}.",
                $"If nobody needs that any more: kubectl uncordon {node.Name}");
        }

        if (node.KubeletVersion is { } version && Skew(server, version) is { } skew)
        {
            yield return new(HealthCodes.KubeletSkew, FindingSeverity.Warning, what,
                $"The kubelet of node {node.Name} is {version}, {skew} the API server's {server}.");
        }
    }

    private static string? Skew(string server, string kubelet)
    {
        if (Minor(server) is not { } ours || Minor(kubelet) is not { } theirs)
        {
            return null;
        }

        return theirs > ours ? "newer than" : ours - theirs > OldestKubelet ? $"{ours - theirs} minor versions older than" : null;
    }

    private static int? Minor(string version)
    {
        string[] parts = version.TrimStart('v').Split('.');
        return parts.Length > 1 && int.TryParse(parts[0], out int major) && int.TryParse(parts[1].TrimEnd('+'), out int minor)
            ? (major * 1000) + minor
            : null;
    }
}
