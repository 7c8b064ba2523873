using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Orchestrator.Sandbox.Kubernetes.Access;

/// <summary>A certificate authority of the box's own, and the server's certificate by it; made anew at each start.</summary>
internal sealed class BoxCertificates : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private readonly X509Certificate2 _authority;

    private BoxCertificates(X509Certificate2 authority, X509Certificate2 server) => (_authority, Server) = (authority, server);

    /// <summary>The server's certificate, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority's certificate as a kubeconfig carries it.</summary>
    public string AuthorityData => Convert.ToBase64String(Encoding.ASCII.GetBytes(_authority.ExportCertificatePem()));

    /// <summary>Makes both. Elliptic keys: those of RSA take a fifth of a second to make.</summary>
    public static BoxCertificates Create(DateTimeOffset now)
    {
        // Programs outside check them by the wall clock, which may be far from the box's.
        DateTimeOffset from = Earlier(now, TimeProvider.System.GetUtcNow()).AddHours(-1);
        DateTimeOffset until = from + Validity;
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = new("CN=sandbox-ca", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, false));
        X509Certificate2 root = authority.CreateSelfSigned(from, until);

        using ECDsa serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest server = new("CN=kube-apiserver", serverKey, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes");
        names.AddDnsName("kubernetes.default.svc");
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        server.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        server.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        using X509Certificate2 signed = server.Create(root, from, until, serial);
        return new BoxCertificates(root, signed.CopyWithPrivateKey(serverKey));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _authority.Dispose();
        Server.Dispose();
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
