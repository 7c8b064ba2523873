using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Temporalio.Tests.Transport;

/// <summary>A root, a server for temporal.test and a client named worker.</summary>
internal sealed class TestCertificates
{
    private TestCertificates()
    {
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        using RSA rootKey = RSA.Create(2048);
        CertificateRequest root = new("CN=root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 rootCertificate = root.CreateSelfSigned(start, start.AddDays(2));
        RootPem = Encoding.UTF8.GetBytes(rootCertificate.ExportCertificatePem());
        Server = Sign("CN=server", rootCertificate, 1, "temporal.test");
        using X509Certificate2 client = Sign("CN=worker", rootCertificate, 2, "worker");
        ClientPem = Encoding.UTF8.GetBytes(client.ExportCertificatePem());
        ClientKeyPem = Encoding.UTF8.GetBytes(client.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>One set for all tests; keys take a while to make.</summary>
    public static TestCertificates Shared { get; } = new();

    public byte[] RootPem { get; }

    public X509Certificate2 Server { get; }

    public byte[] ClientPem { get; }

    public byte[] ClientKeyPem { get; }

    private static X509Certificate2 Sign(string subject, X509Certificate2 root, byte serial, string dnsName)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(dnsName);
        names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(root, root.NotBefore, root.NotAfter, [serial]);
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
