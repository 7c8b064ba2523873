using System.Security.Cryptography.X509Certificates;
using k8s;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class TlsTests : BoundedTest
{
    private readonly TestAuthority _root = TestAuthority.NewRoot("root");

    [Fact]
    public async Task Get_ClientCertificate_ReachesTheServerWithItsIntermediate()
    {
        using TestAuthority intermediate = _root.NewIntermediate("intermediate");
        (string certificate, string key) = intermediate.NewClient("admin");
        string? subject = null;
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync("ok"),
            _root.NewServer([]),
            (client, chain) =>
            {
                subject = client.Subject;
                return _root.HasSigned(client, chain);
            });
        using IKubernetes kubernetes = server.Client(TimeProvider.System, options => options with
        {
            CertificateAuthority = _root.Pem,
            ClientCertificate = $"{certificate}\n{intermediate.Pem}",
            ClientKey = key,
        });

        Assert.Equal("ok", await kubernetes.GetRawAsync("/readyz", Limit));
        Assert.Equal("CN=admin", subject);
    }

    [Fact]
    public async Task Get_ClientCertificateFileThatChanges_ShowsTheNewOneWithTheNextCall()
    {
        List<string> subjects = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync("ok"),
            _root.NewServer([]),
            (client, chain) =>
            {
                subjects.Add(client.Subject);
                return _root.HasSigned(client, chain);
            });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("certificates-");
        (string certificate, string key) = (Path.Combine(folder.FullName, "tls.crt"), Path.Combine(folder.FullName, "tls.key"));
        try
        {
            Write("first", 1);
            using IKubernetes kubernetes = server.Client(TimeProvider.System, options => options with
            {
                CertificateAuthority = _root.Pem, ClientCertificateFile = certificate, ClientKeyFile = key,
            });
            await kubernetes.GetRawAsync("/readyz", Limit);
            await kubernetes.GetRawAsync("/readyz", Limit);
            Write("second", 2);
            await kubernetes.GetRawAsync("/readyz", Limit);

            Assert.Equal(["CN=first", "CN=second"], subjects);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, int hour)
        {
            (string pem, string keyPem) = _root.NewClient(name);
            File.WriteAllText(key, keyPem);
            File.WriteAllText(certificate, pem);
            File.SetLastWriteTimeUtc(certificate, new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc));
        }
    }

    [Fact]
    public async Task Get_ServerDemandsAClientCertificateAndThereIsNone_FailsNamingTheCall()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync("ok"), _root.NewServer([]), (_, _) => true);
        using IKubernetes kubernetes = server.Client(TimeProvider.System, options => options with { CertificateAuthority = _root.Pem });

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/readyz", Limit));

        Assert.StartsWith($"GET /readyz on {server.Address.ToString().TrimEnd('/')}: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnotherAuthority_NamesCertificateAndReason()
    {
        using TestAuthority other = TestAuthority.NewRoot("other");

        ApiException e = await RefusedAsync(_root.NewServer([]), options => options with { CertificateAuthority = other.Pem });

        Assert.Contains(": no secure connection: the server's certificate 'CN=server', valid until ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(" is not trusted: PartialChain", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
    }

    [Fact]
    public async Task Get_ExpiredCertificate_IsNotTrusted()
    {
        ApiException e = await RefusedAsync(
            _root.NewServer([], expired: true), options => options with { CertificateAuthority = _root.Pem });

        Assert.EndsWith(" is not trusted: NotTimeValid", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CertificateOfAnotherName_NamesBoth()
    {
        ApiException e = await RefusedAsync(
            _root.NewServer(["api.example.io"], loopback: false),
            options => options with { CertificateAuthority = _root.Pem, Token = "s3cret" });

        Assert.EndsWith(
            "no secure connection: the server's certificate is not for 127.0.0.1 but for api.example.io",
            e.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_CertificateForTheTlsServerName_IsTrusted(bool secureByAuthority)
    {
        string? sni = null;
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context =>
            {
                sni = context.Request.Host.Host;
                return context.Response.WriteAsync("ok");
            },
            _root.NewServer(["api.example.io"], loopback: false),
            null);
        using IKubernetes kubernetes = server.Client(TimeProvider.System, options => options with
        {
            CertificateAuthority = secureByAuthority ? _root.Pem : null,
            InsecureSkipTlsVerify = !secureByAuthority,
            TlsServerName = "api.example.io",
        });

        Assert.Equal("ok", await kubernetes.GetRawAsync("/readyz", Limit));
        Assert.Equal("api.example.io", sni);
    }

    [Fact]
    public async Task Get_AuthorityIsAnIntermediate_IsTrustedAsKubectlDoes()
    {
        using TestAuthority intermediate = _root.NewIntermediate("intermediate");
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync("ok"), intermediate.NewServer([]), null);
        using IKubernetes kubernetes = server.Client(
            TimeProvider.System, options => options with { CertificateAuthority = intermediate.Pem });

        Assert.Equal("ok", await kubernetes.GetRawAsync("/readyz", Limit));
    }

    protected override void Dispose(bool disposing)
    {
        _root.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task Exec_CertificateOfAnotherName_IsRefusedBeforeATokenIsSent()
    {
        ApiException e = await RefusedAsync(
            _root.NewServer(["api.example.io"], loopback: false),
            options => options with { CertificateAuthority = _root.Pem, Token = "s3cret" },
            kubernetes => kubernetes.ExecAsync("default", "a", new ExecOptions { Command = ["true"] }, Limit));

        Assert.StartsWith("EXEC pods/exec default/a on ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "no secure connection: the server's certificate is not for 127.0.0.1 but for api.example.io",
            e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BundleOfSeveralAuthorities_TrustsEach()
    {
        using TestAuthority other = TestAuthority.NewRoot("other");
        foreach (TestAuthority authority in (TestAuthority[])[_root, other])
        {
            await using ScriptedServer server = await ScriptedServer.StartAsync(
                context => context.Response.WriteAsync("ok"), authority.NewServer([]), null);
            using IKubernetes kubernetes = server.Client(
                TimeProvider.System, options => options with { CertificateAuthority = $"{other.Pem}\n{_root.Pem}\n" });

            Assert.Equal("ok", await kubernetes.GetRawAsync("/readyz", Limit));
        }
    }

    private async Task<ApiException> RefusedAsync(
        X509Certificate2 certificate, Func<ClusterConnection, ClusterConnection> with, Func<IKubernetes, Task>? call = null)
    {
        int requests = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context =>
            {
                requests++;
                return context.Response.WriteAsync("ok");
            },
            certificate,
            null);
        using IKubernetes kubernetes = server.Client(TimeProvider.System, with);
        ApiException e = await Assert.ThrowsAsync<ApiException>(
            () => call is null ? kubernetes.GetRawAsync("/readyz", Limit) : call(kubernetes));
        Assert.Equal(0, requests);
        return e;
    }
}
