using System.Net;

namespace Temporalio.Client.Transport;

/// <summary>The channel that a connection's options ask for.</summary>
internal static class ChannelOptions
{
    /// <summary>Reads and checks the options.</summary>
    /// <exception cref="ArgumentException">The host is missing or malformed, or options contradict each other.</exception>
    public static GrpcChannelOptions Create(TemporalConnectionOptions options)
    {
        TlsOptions? tls = options.Tls ?? (options.ApiKey is null ? null : new());
        if (tls?.Disabled == true)
        {
            tls = null;
        }

        return new(CreateAddress(options.TargetHost, tls is null ? "http" : "https"))
        {
            Authority = tls?.Domain,
            Tls = tls is null ? null : TlsCredentials.Create(tls),
            Proxy = CreateProxy(options.HttpConnectProxy, tls),
            KeepAlive = options.KeepAlive,
            Gzip = options.GrpcCompression is GrpcCompression.Gzip,
        };
    }

    private static Uri CreateAddress(string? targetHost, string scheme)
    {
        if (string.IsNullOrEmpty(targetHost))
        {
            throw new ArgumentException("The target host is required, as host:port.", nameof(targetHost));
        }

        return !targetHost.Contains('/', StringComparison.Ordinal) && Uri.TryCreate($"{scheme}://{targetHost}", UriKind.Absolute, out Uri? address)
            ? address
            : throw new ArgumentException($"The target host '{targetHost}' is not of the form host:port.", nameof(targetHost));
    }

    private static WebProxy? CreateProxy(HttpConnectProxyOptions? proxy, TlsOptions? tls)
    {
        if (proxy is null)
        {
            return null;
        }

        if (tls is null)
        {
            throw new NotSupportedException("A proxy is supported only for connections with TLS.");
        }

        return new(CreateAddress(proxy.TargetHost, "http"))
        {
            Credentials = proxy.BasicAuth is { } basic ? new NetworkCredential(basic.User, basic.Password) : null,
        };
    }
}
