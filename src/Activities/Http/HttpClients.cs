using System.Net;
using System.Net.Sockets;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Http;

/// <summary>
/// HTTP clients to servers of a cluster: one for each set of trusted authorities. One that nobody has asked for in
/// <see cref="KeptFor"/> is disposed of, as after its authorities were rotated. Thread-safe.
/// </summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="traced">Whether calls are spans of a trace, which hold the whole address. False where an address is a secret.</param>
internal sealed class HttpClients(TimeProvider timeProvider, bool traced = true) : IDisposable
{
    /// <summary>On a request: where to connect to.</summary>
    public static readonly HttpRequestOptionsKey<IPEndPoint?> Dial = new("dial");

    /// <summary>
    /// 10 minutes, far beyond the longest that a call may take (1 minute): nobody is using a client that has been idle for so long.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    // 20,000 alerts are some 20 MB.
    private const long LargestAnswer = 128 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HttpClient Client, long UsedAt)> _clients = new(StringComparer.Ordinal);

    /// <summary>How many clients there are now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>The client that trusts these authorities, PEM; null: those of the machine. For one call: ask again for the next.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">They cannot be read.</exception>
    public HttpClient Of(string? authorities)
    {
        string key = authorities ?? "";
        lock (_lock)
        {
            DisposeOfIdle(key);
            HttpClient client = _clients.TryGetValue(key, out (HttpClient Client, long) known) ? known.Client : Create(authorities, traced);
            _clients[key] = (client, timeProvider.GetTimestamp());
            return client;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach ((HttpClient client, _) in _clients.Values)
            {
                client.Dispose();
            }

            _clients.Clear();
        }
    }

    private void DisposeOfIdle(string wanted)
    {
        foreach ((string key, (HttpClient client, long usedAt)) in _clients.ToList())
        {
            if (key != wanted && timeProvider.GetElapsedTime(usedAt) > KeptFor)
            {
                _clients.Remove(key);
                client.Dispose();
            }
        }
    }

    private static HttpClient Create(string? authorities, bool traced)
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
        if (!traced)
        {
            // Without a propagator the handler begins no span.
            handler.ActivityHeadersPropagator = null;
        }
#pragma warning restore CA2000
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        context.InitialRequestMessage.Options.TryGetValue(Dial, out IPEndPoint? dial);
        EndPoint endPoint = (EndPoint?)dial ?? context.DnsEndPoint;
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
