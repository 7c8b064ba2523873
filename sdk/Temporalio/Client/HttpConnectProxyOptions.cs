namespace Temporalio.Client;

/// <summary>A proxy that the server is reached through with HTTP CONNECT. Only for connections with TLS.</summary>
public class HttpConnectProxyOptions : ICloneable
{
    /// <summary>Initializes an instance whose host is still to be set.</summary>
    public HttpConnectProxyOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="targetHost">The proxy, <c>host:port</c>.</param>
    public HttpConnectProxyOptions(string targetHost) => TargetHost = targetHost;

    /// <summary>The proxy, <c>host:port</c>. Required.</summary>
    public string? TargetHost { get; set; }

    /// <summary>User and password for the proxy; null for none.</summary>
    public (string User, string Password)? BasicAuth { get; set; }

    /// <summary>A shallow copy.</summary>
    public virtual object Clone() => MemberwiseClone();
}
