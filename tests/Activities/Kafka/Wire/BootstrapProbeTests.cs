using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Kafka.Wire;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Activities.Tests.Kafka.Wire;

/// <summary>What may be at a bootstrap address instead of a broker, on real sockets, and how soon that is said.</summary>
public sealed class BootstrapProbeTests : BoundedTest
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(9);

    private readonly TestAuthority _authority = TestAuthority.NewRoot("lab");

    [Theory]
    [InlineData(SecurityProtocol.Plaintext)]
    [InlineData(SecurityProtocol.Ssl)]
    public async Task Probe_AnHttpServer_IsNamed(SecurityProtocol protocol)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using WebApplication server = builder.Build();
        await server.StartAsync(Limit);

        string place = new Uri(server.Urls.Single()).Authority;
        Assert.Equal($"{place} speaks HTTP, not Kafka.", await AskAsync(place, Credentials(protocol)));
    }

    [Fact]
    public async Task Probe_AnHttpServerThatWaitsForTheEndOfARequest_IsNamedAllTheSame()
    {
        await using WaitingHttpServer server = new();

        Assert.Equal($"{server.Place} speaks HTTP, not Kafka.", await AskAsync(server.Place, null));
    }

    [Fact]
    public async Task Probe_NobodyThere_SaysOfEachThatItRefuses() => Assert.Equal(
        "127.0.0.1:10 refuses the connection. 127.0.0.1:9 refuses the connection.", await AskAsync("127.0.0.1:9,127.0.0.1:10", null));

    [Fact]
    public async Task Probe_AServerThatSaysNothing_IsGivenFiveSeconds()
    {
        await using AnsweringServer server = new(null, "");

        string place = server.Address.Authority;
        Assert.Equal($"{place} accepts the connection but sends nothing for 5 s.", await AskAsync(place, null, TimeSpan.FromSeconds(12)));
    }

    [Fact]
    public async Task Probe_AServerThatClosesAtOnce_DoesNotSpeakKafka()
    {
        await using TlsOrNothing server = new(null);

        Assert.StartsWith($"{server.Place} does not speak Kafka: ", await AskAsync(server.Place, null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_ATlsServerAskedWithoutTls_IsNamed()
    {
        using X509Certificate2 certificate = _authority.NewServer(["localhost"]);
        await using TlsOrNothing server = new(certificate);

        Assert.Equal($"{server.Place} speaks TLS, but KafkaSecurity is set to a protocol without TLS.", await AskAsync(server.Place, null));
    }

    [Fact]
    public async Task Probe_ACertificateThatIsNotTrusted_SaysWhatIsWrongWithIt()
    {
        using TestAuthority other = TestAuthority.NewRoot("other");
        using X509Certificate2 unknown = other.NewServer(["127.0.0.1"]);
        using X509Certificate2 misnamed = _authority.NewServer(["kafka-0.kafka"], loopback: false);
        await using TlsOrNothing one = new(unknown);
        await using TlsOrNothing two = new(misnamed);

        string first = await AskAsync(one.Place, Credentials(SecurityProtocol.Ssl));
        Assert.StartsWith($"{one.Place} presents a certificate from an unknown authority, CN=", first, StringComparison.Ordinal);
        Assert.EndsWith(": KafkaSecurity:CertificateAuthority does not contain it.", first, StringComparison.Ordinal);
        Assert.Equal(
            $"{two.Place} presents a certificate for other names: kafka-0.kafka.",
            await AskAsync(two.Place, Credentials(SecurityProtocol.Ssl)));
    }

    [Fact]
    public async Task Probe_CertificatesThatAreNone_AreSaidAndNotRepeated()
    {
        using X509Certificate2 certificate = _authority.NewServer(["127.0.0.1"]);
        await using TlsOrNothing server = new(certificate);
        KafkaCredentials credentials = new()
        {
            Protocol = SecurityProtocol.Ssl,
            CertificateAuthority = _authority.Pem,
            Certificate = "s3cret",
            PrivateKey = "s3cret",
        };

        Assert.Equal(
            $"{server.Place} cannot be asked: certificates and private key of KafkaSecurity are not matching, valid PEM.",
            await AskAsync(server.Place, credentials));
    }

    [Fact]
    public async Task Probe_ACancel_EndsIt()
    {
        await using AnsweringServer server = new(null, "");
        using CancellationTokenSource cancel = new();
        Task asking = Probe().RequireAsync(new(server.Address.Authority), "topics", cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(3), Limit));
    }

    protected override void Dispose(bool disposing)
    {
        _authority.Dispose();
        base.Dispose(disposing);
    }

    private KafkaCredentials Credentials(SecurityProtocol protocol) => new() { Protocol = protocol, CertificateAuthority = _authority.Pem };

    private static BootstrapProbe Probe() => new(Options.Create(new KafkaClientOptions()));

    private async Task<string> AskAsync(string servers, KafkaCredentials? credentials, TimeSpan? within = null)
    {
        long begun = Stopwatch.GetTimestamp();
        KafkaUnreadableException error = await Assert.ThrowsAsync<KafkaUnreadableException>(
            () => Probe().RequireAsync(new(servers, credentials), "topics", Limit));

        Assert.True(Stopwatch.GetElapsedTime(begun) < (within ?? Soon), $"{Stopwatch.GetElapsedTime(begun)}");
        return error.Reason;
    }

    /// <summary>A server that answers once it has seen a blank line.</summary>
    private sealed class WaitingHttpServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly List<Task> _serving = [];

        public WaitingHttpServer()
        {
            _listener.Start();
            _serving.Add(AcceptAsync());
        }

        public string Place => $"{_listener.LocalEndpoint}";

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await Task.WhenAll(_serving).ContinueWith(_ => { }, TaskScheduler.Default);
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                using StreamReader reader = new(client.GetStream());
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                {
                }

                await client.GetStream().WriteAsync("HTTP/1.0 400 Bad Request\r\n\r\n"u8.ToArray(), _stop.Token);
            }
        }
    }

    /// <summary>A server that shows a certificate to everybody who asks for one, or closes every connection.</summary>
    private sealed class TlsOrNothing : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public TlsOrNothing(X509Certificate2? certificate)
        {
            _listener.Start();
            _serving = ServeAsync(certificate);
        }

        public string Place => $"{_listener.LocalEndpoint}";

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _serving;
            _stop.Dispose();
        }

        private async Task ServeAsync(X509Certificate2? certificate)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    if (certificate is not null)
                    {
                        await using SslStream stream = new(client.GetStream());
                        await stream.AuthenticateAsServerAsync(
                            new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stop.Token);
                        await stream.ReadExactlyAsync(new byte[1], _stop.Token);
                    }
                }
                catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or SocketException)
                {
                    // Who asked is gone, or the test is over.
                }
            }
        }
    }
}
