namespace Orchestrator.Workflows.Kubernetes.Quotas;

/// <summary>What the ResourceQuotas of a namespace leave for a component.</summary>
/// <param name="Quotas">The limits that its pods count for, the tightest first: ten at most.</param>
/// <param name="Unread">Why they could not be read; null where they were.</param>
public sealed record QuotaReading(IReadOnlyList<QuotaSnapshot> Quotas, string? Unread = null)
{
    /// <summary>The number of limits that are reported: those that leave the least.</summary>
    public const int Most = 10;
}
