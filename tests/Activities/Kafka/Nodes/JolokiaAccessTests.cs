using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Secrets;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka.Nodes;

/// <summary>Agents that speak TLS and ask who is there, on real sockets; credentials come from files.</summary>
public sealed class JolokiaAccessTests : BoundedTest
{
    private const string PodName = "kafka-0.kafka.confluent.svc.cluster.local";

    private readonly TestAuthority _authority = TestAuthority.NewRoot("lab");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-jolokia-");

    [Fact]
    public async Task Read_AnAgentWithTls_IsDialledByItsAddressAndTrustedByItsName()
    {
        Assert.Null((await ReadAsync([PodName], _authority, new() { Tls = true, Token = File("token", "t0ken") })).Failure);
    }

    [Fact]
    public async Task Read_AnAgentWithALogin_IsToldNameAndPassword()
    {
        string? seen = null;
        NodeReading reading = await ReadAsync(
            [PodName],
            _authority,
            new() { Tls = true, Username = File("name", "alice"), Password = File("password", "secret") },
            header => seen = header);

        Assert.Null(reading.Failure);
        Assert.Equal($"Basic {Convert.ToBase64String("alice:secret"u8)}", seen);
    }

    [Fact]
    public async Task Read_AnAgentWhoseCertificateIsForAnotherPodOrOfAnotherAuthority_IsNotTrusted()
    {
        using TestAuthority other = TestAuthority.NewRoot("other");

        Assert.Contains(
            "RemoteCertificateNameMismatch",
            (await ReadAsync(["kafka-1.kafka"], _authority, new() { Tls = true })).Failure,
            StringComparison.Ordinal);
        Assert.Contains(
            "errors in the certificate chain", (await ReadAsync([PodName], other, new() { Tls = true })).Failure, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }

    private string File(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, content);
        return $"file:{path}";
    }

    private async Task<NodeReading> ReadAsync(
        string[] names, TestAuthority signer, JolokiaSecurityOptions options, Action<string>? told = null)
    {
        options.CertificateAuthority = File("ca.pem", _authority.Pem);
        using X509Certificate2 certificate = signer.NewServer(names);
        await using WebApplication agent = await StartAsync(certificate, told);
        using IKubernetes none = new ClusterConnection { Server = new("https://127.0.0.1:9") }.Open(TimeProvider.System);
        using JolokiaNodeProbe probe = new(Options.Create(new KafkaClientOptions()));
        int port = new Uri(agent.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        NodeAddress node = new("kafka-0", 0, new($"https://{PodName}:{port}/jolokia/"))
        {
            Dial = new(IPAddress.Loopback, port),
            Access = await HttpAccess.ResolveAsync(options, new SecretReader(none, "confluent"), Limit),
        };
        return Assert.Single(await probe.ReadAsync([node], Limit));
    }

    private static async Task<WebApplication> StartAsync(X509Certificate2 certificate, Action<string>? told)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        WebApplication agent = builder.Build();
        agent.Run(context =>
        {
            told?.Invoke(context.Request.Headers.Authorization.ToString());
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($"[{string.Join(',', Enumerable.Repeat("""{"status":404}""", 11))}]");
        });
        await agent.StartAsync();
        return agent;
    }
}
