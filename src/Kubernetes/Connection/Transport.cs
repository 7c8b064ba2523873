using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Orchestrator.Kubernetes;

/// <summary>
/// Sets up the HTTP stack of one cluster: which server certificates are good, which certificate we show, connections that notice a dead
/// peer. The official client's own check, given a certificate authority, does not look at the name in the certificate; so it is given none.
/// </summary>
internal sealed class Transport
{
    /// <summary>A peer that does not even acknowledge a connection is given up after this.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A connection in use that says nothing is asked for a sign of life after this, and dropped after half as much again.
    /// </summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly ClusterConnection _connection;
    private readonly CertificateAuthority? _authority;

    /// <exception cref="KubeconfigException">The certificate authority cannot be read.</exception>
    public Transport(ClusterConnection connection)
    {
        _connection = connection;
        _authority = connection.CertificateAuthority is { } pem ? CertificateAuthority.Parse(pem) : null;
    }

    /// <exception cref="KubeconfigException">The client certificate or its key cannot be read.</exception>
    public void SetUp(SocketsHttpHandler handler, Credential credential)
    {
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = _connection.DisableCompression ? DecompressionMethods.None : DecompressionMethods.GZip;
        handler.ConnectCallback = ConnectAsync;
        handler.ConnectTimeout = ConnectTimeout;
        handler.EnableMultipleHttp2Connections = true;
        handler.KeepAlivePingDelay = Silence;
        handler.KeepAlivePingTimeout = Silence / 2;
        // Names and load balancers change under a client that lives for months.
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        handler.UseCookies = false;
        handler.Proxy = _connection.Proxy is { } proxy ? ProxyOf(proxy) : handler.Proxy;
        SetUp(handler.SslOptions, credential);
    }

    private void SetUp(SslClientAuthenticationOptions ssl, Credential credential)
    {
        if (credential.ClientCertificate is not null)
        {
            ssl.ClientCertificateContext = ClientCertificate.Load(credential.ClientCertificate, credential.ClientKey);
        }

        if (_connection.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it in so many words, and the caller allowed it.
            ssl.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (_authority is not null)
        {
            ssl.CertificateChainPolicy = _authority.ChainPolicy;
            ssl.RemoteCertificateValidationCallback = _authority.Check;
        }
    }

    // The stack's messages name the proxy: the address goes there without its password.
    private static WebProxy ProxyOf(Uri proxy)
    {
        string[] login = proxy.UserInfo.Split(':', 2);
        WebProxy result = new(new UriBuilder(proxy) { UserName = "", Password = "" }.Uri);
        if (login[0].Length > 0)
        {
            result.Credentials = new NetworkCredential(
                Uri.UnescapeDataString(login[0]),
                Uri.UnescapeDataString(login.ElementAtOrDefault(1) ?? ""));
        }

        return result;
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
