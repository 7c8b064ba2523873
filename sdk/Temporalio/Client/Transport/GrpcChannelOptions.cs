using System.Net;
using System.Net.Security;

namespace Temporalio.Client.Transport;

/// <summary>How a channel reaches its server.</summary>
/// <param name="Address">The server, with the scheme <c>http</c> or <c>https</c>.</param>
internal sealed record GrpcChannelOptions(Uri Address)
{
    /// <summary>The name that the server is addressed by where it differs from the host in the address.</summary>
    public string? Authority { get; init; }

    /// <summary>TLS; null for a connection in plain text.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The proxy; null for a direct connection.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Pings of an idle or quiet connection; null for none.</summary>
    public KeepAliveOptions? KeepAlive { get; init; }

    /// <summary>Whether large requests are sent compressed.</summary>
    public bool Gzip { get; init; }

    /// <summary>The largest message that is taken, in bytes. Default 128 MiB.</summary>
    public int MaxMessageSize { get; init; } = 128 * 1024 * 1024;
}
