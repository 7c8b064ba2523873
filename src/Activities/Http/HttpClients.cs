using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Http;

/// <summary>HTTP clients to servers of a cluster: one for each set of trusted authorities.</summary>
internal sealed class HttpClients : IDisposable
{
    /// <summary>On a request: where to connect to.</summary>
    public static readonly HttpRequestOptionsKey<IPEndPoint?> Dial = new("dial");

    private readonly ConcurrentDictionary<string, Lazy<HttpClient>> _clients = new(StringComparer.Ordinal);

    /// <summary>The client that trusts these authorities, PEM; null: those of the machine.</summary>
    public HttpClient Of(string? authorities) => _clients.GetOrAdd(authorities ?? "", _ => new(() => Create(authorities))).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<HttpClient> client in _clients.Values)
        {
            client.Value.Dispose();
        }
    }

    private static HttpClient Create(string? authorities)
    {
#pragma warning disable CA2000 // The client owns its handler.
        SocketsHttpHandler handler = new()
        {
            // They are reached directly, and come back under other addresses.
            UseProxy = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new() { CertificateChainPolicy = TrustedAuthorities.Policy(authorities) },
            ConnectCallback = ConnectAsync,
        };
#pragma warning restore CA2000
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        EndPoint endPoint = context.InitialRequestMessage.Options.TryGetValue(Dial, out IPEndPoint? dial) && dial is not null ? dial : context.DnsEndPoint;
#pragma warning disable CA2000 // The stream owns it; without one it is disposed of below.
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
