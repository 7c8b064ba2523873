using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Temporalio.Tests.Transport;

public sealed class TlsTests
{
    private static readonly TestCertificates Certificates = TestCertificates.Shared;

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
}
