using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A lease of a component of the control plane.</summary>
/// <param name="Component">Such as <c>kube-scheduler</c>.</param>
/// <param name="RenewedAt">When it was last renewed; null where there is no lease, as in a managed control plane.</param>
/// <param name="Duration">How long it holds.</param>
/// <param name="Holder">Who holds it.</param>
public sealed record LeaseSeen(string Component, DateTimeOffset? RenewedAt, TimeSpan Duration, string? Holder);

/// <summary>
/// What is wrong with the control plane. The API server's own checks and the leases say it; <c>componentstatuses</c> is deprecated and
/// answers for servers that are elsewhere. Pure.
/// </summary>
public static class ControlPlaneHealth
{
    /// <summary>The checks that fail, of an answer to <c>/readyz?verbose</c> or <c>/livez?verbose</c>.</summary>
    /// <param name="path"><c>/readyz</c> or <c>/livez</c>.</param>
    /// <param name="answer">The answer.</param>
    public static IEnumerable<Finding> Check(string path, string answer) => answer.Split("[-]").Skip(1)
        .Select(rest => rest.Split('\n', '[')[0].Trim())
        .Select(check => new Finding(
            HealthCodes.ApiCheckFailed,
            FindingSeverity.Critical,
            $"{path} {check.Split(' ')[0]}",
            $"The API server's check {check.Split(' ')[0]} of {path} fails: {check}."));

    /// <summary>The findings of a lease. No lease is none: a managed control plane shows none.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(LeaseSeen lease, DateTimeOffset now)
    {
        if (lease.RenewedAt is { } renewed && now - renewed > lease.Duration * 2)
        {
            yield return new(HealthCodes.LeaseStale, FindingSeverity.Critical, $"lease kube-system/{lease.Component}",
                $"{lease.Component} ({lease.Holder ?? "nobody"}) has not renewed its lease since {renewed:u}; "
                    + $"it holds for {lease.Duration.TotalSeconds:0} s.");
        }
    }
}
