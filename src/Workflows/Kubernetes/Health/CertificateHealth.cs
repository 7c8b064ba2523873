using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A certificate in a secret.</summary>
/// <param name="Secret">Namespace and name of the secret.</param>
/// <param name="Subject">Whose it is; null where it cannot be read.</param>
/// <param name="Ends">When it ends; null where it cannot be read.</param>
public sealed record CertificateSeen(string Secret, string? Subject, DateTimeOffset? Ends);

/// <summary>What is wrong with certificates. Pure.</summary>
public static class CertificateHealth
{
    /// <summary>The findings of a certificate: one that has ended is critical.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="scope">What counts as soon.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<Finding> Check(CertificateSeen certificate, HealthScope scope, DateTimeOffset now)
    {
        string what = $"secret {certificate.Secret}";
        if (certificate.Ends is not { } ends)
        {
            yield return new(HealthCodes.CertificateUnreadable, FindingSeverity.Warning, what,
                $"Secret {certificate.Secret} has no certificate that can be read.");
        }
        else if (ends <= now)
        {
            yield return new(HealthCodes.CertificateEnds, FindingSeverity.Critical, what,
                $"The certificate of {certificate.Subject} in secret {certificate.Secret} has ended at {ends:u}.");
        }
        else if (ends - now < scope.CertWarn)
        {
            yield return new(HealthCodes.CertificateEnds, FindingSeverity.Warning, what,
                $"The certificate of {certificate.Subject} in secret {certificate.Secret} ends at {ends:u}, "
                    + $"in {(ends - now).TotalDays:0} days.");
        }
    }
}
