using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.Lab.Servers;

/// <summary>A certificate authority made for one test.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-2);
    private static readonly DateTimeOffset To = From.AddDays(20);

    private readonly X509Certificate2 _certificate;

    private TestAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public static TestAuthority NewRoot(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(name, key, isAuthority: true);
        return new TestAuthority(request.CreateSelfSigned(From, To));
    }

    public TestAuthority NewIntermediate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 signed = Sign(Request(name, key, isAuthority: true), To);
        return new TestAuthority(signed.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate of a server with these DNS names and, unless told otherwise, the address 127.0.0.1.</summary>
    public X509Certificate2 NewServer(string[] names, bool loopback = true, bool expired = false)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request("server", key, isAuthority: false);
        SubjectAlternativeNameBuilder alternatives = new();
        Array.ForEach(names, alternatives.AddDnsName);
        if (loopback)
        {
            alternatives.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using X509Certificate2 signed = Sign(request, expired ? From.AddDays(1) : To);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate of a client and its key, both PEM.</summary>
    public (string Certificate, string Key) NewClient(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 signed = Sign(Request(name, key, isAuthority: false), To);
        return (signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Whether the chain of this certificate, with the intermediates that came along, ends in this authority.</summary>
    public bool HasSigned(X509Certificate2 certificate, X509Chain? received)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.ExtraStore.AddRange(received?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(certificate);
    }

    public void Dispose() => _certificate.Dispose();

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset to) =>
        request.Create(_certificate, From, to, RandomNumberGenerator.GetBytes(8));
}
