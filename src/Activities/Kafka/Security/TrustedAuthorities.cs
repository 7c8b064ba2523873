using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Activities.Kafka.Security;

/// <summary>Certificate authorities that a cluster names for its servers.</summary>
internal static class TrustedAuthorities
{
    /// <summary>Trusts these authorities, PEM, and no others; null, for the machine's own, where none are named.</summary>
    public static X509ChainPolicy? Policy(string? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        X509ChainPolicy policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(authorities);
        return policy;
    }
}
