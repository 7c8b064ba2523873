using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The ids of guards, and what derives from them. Guards form a tree: cluster, namespace, object.</summary>
public static class GuardId
{
    /// <summary>The namespace of the target that holds the fencing tokens.</summary>
    public const string FenceNamespace = "orchestrator-system";

    /// <summary>The annotation on the Lease that holds the fencing token.</summary>
    public const string EpochAnnotation = "orchestrator.internal/epoch";

    /// <summary>The annotation on changed objects: <c>guard8=epoch</c> of the most specific guard.</summary>
    public const string FenceAnnotation = "orchestrator.internal/fence";

    private const int ShortLength = 8;

    /// <summary>The guard of a whole cluster: <c>cluster/context</c>.</summary>
    public static string OfCluster(ChangeTarget target) => $"cluster/{target.Context}";

    /// <summary>The guard of a namespace: <c>cluster/context/namespace</c>.</summary>
    public static string OfNamespace(ChangeTarget target) => $"{OfCluster(target)}/{target.Namespace}";

    /// <summary>The guard of an object: <c>cluster/context/namespace/name</c>.</summary>
    public static string OfObject(ChangeTarget target, string name) => $"{OfNamespace(target)}/{name}";

    /// <summary>Eight hex digits that stand for a guard where its id does not fit.</summary>
    public static string Short(string guard) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(guard)))[..ShortLength];

    /// <summary>The Lease, in <see cref="FenceNamespace"/>, that holds a guard's fencing token.</summary>
    public static string LeaseName(string guard) => $"change-fence-{Short(guard)}";

    /// <summary>The guards above one, the parent before the child: none above that of a cluster.</summary>
    public static IReadOnlyList<string> Above(string guard)
    {
        string[] parts = guard.Split('/');
        return [.. Enumerable.Range(2, Math.Max(0, parts.Length - 2)).Select(count => string.Join('/', parts.Take(count)))];
    }
}
