using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Temporalio.Tests.Transport;

public sealed class TlsTests
{
    private static readonly TestCertificates Certificates = new();

    [Fact]
    public async Task Connection_WithRootAndDomain_TrustsTheServerAndAddressesItByThatName()
    {
        string? authority = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(
            call =>
            {
                authority = call.Context.Request.Host.Value;
                return call.AnswerAsync(new DescribeNamespaceResponse());
            },
            Certificates.Server);
        TemporalConnectionOptions options = server.Options();
        options.Tls = new() { ServerRootCACert = Certificates.RootPem, Domain = "temporal.test" };
        TemporalConnection connection = await server.ConnectAsync(options);

        await connection.WorkflowService.DescribeNamespaceAsync(new());

        Assert.Equal("temporal.test", authority);
    }

    [Fact]
    public async Task Connection_WithClientCertificate_ShowsItToTheServer()
    {
        string? subject = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(
            call => call.AnswerAsync(new DescribeNamespaceResponse()), Certificates.Server, client => subject = client.Subject);
        TemporalConnectionOptions options = server.Options();
        options.Tls = new()
        {
            ServerRootCACert = Certificates.RootPem,
            Domain = "temporal.test",
            ClientCert = Certificates.ClientPem,
            ClientPrivateKey = Certificates.ClientKeyPem,
        };

        await server.ConnectAsync(options);

        Assert.Equal("CN=worker", subject);
    }

    [Theory]
    [InlineData("other.test", true)]
    [InlineData("temporal.test", false)]
    public async Task Connection_ToAServerThatIsNotTrusted_Fails(string domain, bool withRoot)
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(
            call => call.AnswerAsync(new DescribeNamespaceResponse()), Certificates.Server);
        TemporalConnectionOptions options = server.Options();
        options.Tls = new() { ServerRootCACert = withRoot ? Certificates.RootPem : null, Domain = domain };

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => server.ConnectAsync(options));

        Assert.Contains("certificate is invalid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_WithCertificateButNoKey_AreRefused()
    {
        TemporalConnectionOptions options = new("localhost:7233") { Tls = new() { ClientCert = Certificates.ClientPem } };

        Assert.Contains("private key", Assert.Throws<ArgumentException>(() => TemporalConnection.CreateLazy(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://localhost:7233")]
    [InlineData("local host:7233")]
    public void Options_WithAHostThatIsNone_AreRefused(string? host) =>
        Assert.Throws<ArgumentException>(() => TemporalConnection.CreateLazy(new() { TargetHost = host }));

    /// <summary>A root, a server for temporal.test and a client named worker.</summary>
    private sealed class TestCertificates
    {
        public TestCertificates()
        {
            using RSA rootKey = RSA.Create(2048);
            CertificateRequest root = new("CN=root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using X509Certificate2 rootCertificate = root.CreateSelfSigned(Start, Start.AddDays(2));
            RootPem = Encoding.UTF8.GetBytes(rootCertificate.ExportCertificatePem());
            Server = Sign("CN=server", rootCertificate, 1, "temporal.test");
            using X509Certificate2 client = Sign("CN=worker", rootCertificate, 2, "worker");
            ClientPem = Encoding.UTF8.GetBytes(client.ExportCertificatePem());
            ClientKeyPem = Encoding.UTF8.GetBytes(client.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        public byte[] RootPem { get; }

        public X509Certificate2 Server { get; }

        public byte[] ClientPem { get; }

        public byte[] ClientKeyPem { get; }

        private static DateTimeOffset Start { get; } = DateTimeOffset.UtcNow.AddDays(-1);

        private static X509Certificate2 Sign(string subject, X509Certificate2 root, byte serial, string dnsName)
        {
            using RSA key = RSA.Create(2048);
            CertificateRequest request = new(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(dnsName);
            names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 certificate = request.Create(root, Start, Start.AddDays(2), [serial]);
            using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        }
    }
}
