using System.Net.Security;
using System.Security.Authentication;
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
            : throw new KubeconfigException("The certificate authority has no certificate: PEM with BEGIN CERTIFICATE is expected.");
    }

    /// <summary>A callback of the TLS stack.</summary>
    /// <exception cref="AuthenticationException">The certificate is refused; the message says why.</exception>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) || chain is null || certificate is not X509Certificate2 leaf)
        {
            throw new AuthenticationException("the server presents no certificate");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !EndsInAnchor(chain))
        {
            string why = string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
            throw new AuthenticationException(
                $"the server's certificate '{leaf.Subject}', valid until {leaf.NotAfter:u}, is not trusted: {why}");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new AuthenticationException(
                $"the server's certificate is not for {(sender as SslStream)?.TargetHostName} but for {NamesOf(leaf)}");
        }

        return true;
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        IEnumerable<string> names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString())));
        return string.Join(", ", names.DefaultIfEmpty(certificate.Subject));
    }

    private bool EndsInAnchor(X509Chain chain) =>
        chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && chain.ChainElements.Count > 0
        && _anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
