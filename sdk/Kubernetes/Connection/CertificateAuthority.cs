using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Kubernetes;

/// <summary>
/// The certificates that a server's chain must end in. Each of them is an anchor, a self-signed one or not, as for kubectl; the
/// platform alone would insist on a self-signed root.
/// </summary>
internal sealed class CertificateAuthority
{
    private readonly X509Certificate2Collection _anchors;

    private CertificateAuthority(X509Certificate2Collection anchors)
    {
        _anchors = anchors;
        ChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        ChainPolicy.CustomTrustStore.AddRange(anchors);
    }

    public X509ChainPolicy ChainPolicy { get; }

    public static CertificateAuthority Parse(string pem)
    {
        X509Certificate2Collection anchors = [];
        try
        {
            anchors.ImportFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KubeconfigException($"The certificate authority cannot be read: {e.Message}", e);
        }

        return anchors.Count > 0
            ? new CertificateAuthority(anchors)
            : throw new KubeconfigException("The certificate authority holds no certificate: PEM with BEGIN CERTIFICATE is expected.");
    }

    public bool Accepts(X509Chain? chain, SslPolicyErrors errors) => errors switch
    {
        SslPolicyErrors.None => true,
        SslPolicyErrors.RemoteCertificateChainErrors => chain is not null && EndsInAnchor(chain),
        _ => false,
    };

    private bool EndsInAnchor(X509Chain chain) =>
        chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && chain.ChainElements.Count > 0
        && _anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
