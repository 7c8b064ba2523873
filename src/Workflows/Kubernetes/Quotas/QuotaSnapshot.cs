using System.Globalization;

namespace Orchestrator.Workflows.Kubernetes.Quotas;

/// <summary>How much room a ResourceQuota leaves for one more pod of a component.</summary>
/// <param name="Quota">Its name.</param>
/// <param name="Resource">What it limits, such as <c>pods</c>, <c>requests.memory</c> (bytes) or <c>limits.cpu</c> (cores).</param>
/// <param name="Hard">How much of that there may be.</param>
/// <param name="Used">How much there is, according to the quota's status.</param>
/// <param name="Needed">How much one pod of the component takes, the one that takes most of it.</param>
/// <param name="Pod">That pod.</param>
public sealed record QuotaSnapshot(string Quota, string Resource, decimal Hard, decimal Used, decimal Needed, string Pod)
{
    private const decimal Gibi = 1024m * 1024 * 1024;

    /// <summary>An amount as people write it: memory in Gi, anything else as it is.</summary>
    public string Show(decimal amount) =>
        Resource.Contains("memory", StringComparison.Ordinal) || Resource.Contains("storage", StringComparison.Ordinal)
        ? $"{(amount / Gibi).ToString("0.##", CultureInfo.InvariantCulture)}Gi"
        : amount.ToString("0.###", CultureInfo.InvariantCulture);
}
