using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Orchestrator.Kubernetes;

/// <summary>The HTTP stack of one cluster: HTTP/2 where the server speaks it, connections that notice a dead peer.</summary>
internal static class Transport
{
    /// <summary>A peer that does not even acknowledge a connection is given up after this.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A connection in use that says nothing is asked for a sign of life after this, and dropped after half as much again.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    public static SocketsHttpHandler Create(KubernetesClientOptions options, Credential credential)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = options.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = Silence,
            KeepAlivePingTimeout = Silence / 2,
            // Names and load balancers change under a client that lives for months.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            SslOptions = SslOptions(options, credential),
            UseCookies = false,
        };
        if (options.Proxy is not null)
        {
            handler.Proxy = new WebProxy(options.Proxy);
        }

        return handler;
    }

    private static SslClientAuthenticationOptions SslOptions(KubernetesClientOptions options, Credential credential)
    {
        SslClientAuthenticationOptions ssl = new();
        if (credential.ClientCertificate is not null)
        {
            ssl.ClientCertificateContext = ClientCertificate.Load(credential.ClientCertificate, credential.ClientKey);
        }

        if (options.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it in so many words.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (options.CertificateAuthority is not null)
        {
            CertificateAuthority authority = CertificateAuthority.Parse(options.CertificateAuthority);
            ssl.CertificateChainPolicy = authority.ChainPolicy;
            ssl.RemoteCertificateValidationCallback = authority.Check;
        }

        return ssl;
    }

    // HTTP/2 pings notice a dead peer; HTTP/1.1 needs the kernel to.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns it.
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Silence.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
