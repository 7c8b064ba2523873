namespace Temporalio.Client;

/// <summary>How a server is reached.</summary>
public class TemporalConnectionOptions : ICloneable
{
    /// <summary>Initializes an instance whose host is still to be set.</summary>
    public TemporalConnectionOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="targetHost">The server, <c>host:port</c>.</param>
    public TemporalConnectionOptions(string targetHost) => TargetHost = targetHost;

    /// <summary>The API key, sent as a bearer token. It turns TLS on unless <see cref="Tls"/> says otherwise. Default null: none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The compression of messages. Default <see cref="GrpcCompression.Gzip"/>; null is none.</summary>
    public GrpcCompression? GrpcCompression { get; set; } = new GrpcCompression.Gzip();

    /// <summary>A proxy in front of the server. Default null: none.</summary>
    public HttpConnectProxyOptions? HttpConnectProxy { get; set; }

    /// <summary>Who the server writes down for what this process does. Default <c>pid@host</c>.</summary>
    public string? Identity { get; set; }

    /// <summary>Pings of quiet connections. Default every 30 s, answered within 15 s; null for none.</summary>
    public KeepAliveOptions? KeepAlive { get; set; } = new();

    /// <summary>Binary headers of all calls; their names end in <c>-bin</c>. Default null: none.</summary>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>>? RpcBinaryMetadata { get; set; }

    /// <summary>Headers of all calls. Default null: none.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>>? RpcMetadata { get; set; }

    /// <summary>How calls that failed for a passing reason are repeated. Default: see <see cref="RpcRetryOptions"/>.</summary>
    public RpcRetryOptions? RpcRetry { get; set; }

    /// <summary>The server, <c>host:port</c>. Required.</summary>
    public string? TargetHost { get; set; }

    /// <summary>TLS. Default null: none, unless there is an API key.</summary>
    public TlsOptions? Tls { get; set; }

    /// <summary>The clock of deadlines and retries.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>A copy; the options inside are copied too.</summary>
    public virtual object Clone()
    {
        TemporalConnectionOptions copy = (TemporalConnectionOptions)MemberwiseClone();
        copy.HttpConnectProxy = (HttpConnectProxyOptions?)HttpConnectProxy?.Clone();
        copy.KeepAlive = (KeepAliveOptions?)KeepAlive?.Clone();
        copy.RpcRetry = (RpcRetryOptions?)RpcRetry?.Clone();
        copy.Tls = (TlsOptions?)Tls?.Clone();
        return copy;
    }
}
