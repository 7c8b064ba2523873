using System.Security.Cryptography;
using System.Text.Json;
using k8s;

namespace Orchestrator.Kubernetes;

/// <summary>
/// How to reach one cluster, and as whom. <see cref="Kubeconfig.Load"/> makes it from the user's files, <see cref="Open"/> makes a client
/// of it.
/// </summary>
public sealed record ClusterConnection
{
    /// <summary>Address of the API server, such as <c>https://127.0.0.1:6443</c>; a path is kept as a prefix of every request.</summary>
    public required Uri Server { get; init; }

    /// <summary>Name of the kubeconfig context this came from; null when it came from elsewhere.</summary>
    public string? Context { get; init; }

    /// <summary>Namespace of the context. No call fills it in by itself. Default: <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Certificates (PEM) that the server's chain must end in. Default: null, the trust store of the system.</summary>
    public string? CertificateAuthority { get; init; }

    /// <summary>Accepts any server certificate. Default: false.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>
    /// Name that the server's certificate must carry, sent as SNI and Host. Default: null, the host of <see cref="Server"/>.
    /// </summary>
    public string? TlsServerName { get; init; }

    /// <summary>Client certificate (PEM, intermediates may follow); needs <see cref="ClientKey"/>. Default: null, none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>Private key (PEM) of <see cref="ClientCertificate"/>. Default: null.</summary>
    public string? ClientKey { get; init; }

    /// <summary>
    /// File with the client certificate, read again when it changes; wins over <see cref="ClientCertificate"/>. Default: null.
    /// </summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>File with the key of <see cref="ClientCertificateFile"/>. Default: null, <see cref="ClientKey"/>.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>Bearer token. Default: null, none.</summary>
    public string? Token { get; init; }

    /// <summary>File with the bearer token, read again for every request; wins over <see cref="Token"/>. Default: null.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Program that hands out the credentials, where there is no token. Default: null, none.</summary>
    public ExecCredentialOptions? Exec { get; init; }

    /// <summary>User to act as. Default: null, the authenticated user.</summary>
    public string? ImpersonateUser { get; init; }

    /// <summary>Uid to act with; only with <see cref="ImpersonateUser"/>. Default: null, none.</summary>
    public string? ImpersonateUid { get; init; }

    /// <summary>Group to act with; only with <see cref="ImpersonateUser"/>. Default: null, none.</summary>
    public string? ImpersonateGroup { get; init; }

    /// <summary>HTTP proxy to go through. Default: null, the proxy that the environment names.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Asks the server not to compress its answers. Default: false.</summary>
    public bool DisableCompression { get; init; }

    /// <summary>
    /// The longest that one call may take, reading the answer included; in a list, one page; in a stream, the time to the first byte.
    /// Default: 30 s.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Field manager of every write. Default: <c>orchestrator</c>.</summary>
    public string FieldManager { get; init; } = "orchestrator";

    /// <summary>User agent of every request. Default: <c>orchestrator</c>.</summary>
    public string UserAgent { get; init; } = "orchestrator";

    /// <summary>Context and server; never the credentials.</summary>
    public override string ToString() => Context is null ? Server.ToString() : $"{Context} ({Server})";

    /// <summary>
    /// The deepest nesting of an object: that of schemas in CustomResourceDefinitions, and more than the platform's default of 64.
    /// </summary>
    internal const int DeepestJson = 512;

    /// <summary>
    /// A client of the cluster: the official one, each call of which ends within <see cref="Timeout"/> and fails with an
    /// <see cref="ApiException"/>. Nothing is sent yet, and no credential program run. Thread-safe; make one for each cluster.
    /// </summary>
    /// <exception cref="KubeconfigException">A certificate or key cannot be read.</exception>
    public IKubernetes Open(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        Transport transport = new(this);
        Credential fixedOne = new(null, ClientCertificateFile is null ? ClientCertificate : null, ClientKey);
        KubernetesClientConfiguration configuration = new()
        {
            Host = Server.AbsoluteUri,
            UserAgent = UserAgent,
            // The handler limits every call, by the clock of the caller.
            HttpClientTimeout = System.Threading.Timeout.InfiniteTimeSpan,
            FirstMessageHandlerSetup = handler => transport.SetUp(handler, fixedOne),
        };
        configuration.JsonSerializerOptions.MaxDepth = DeepestJson;
#pragma warning disable CA2000 // The client owns its handler, and the handler the rest.
        CertificateConnections certificates = new(transport, fixedOne.ClientCertificate);
        CallHandler handler = new(this, new CredentialSource(this, timeProvider), certificates, timeProvider);
#pragma warning restore CA2000
        return new ClusterClient(this, configuration, handler, timeProvider);
    }

    /// <summary>
    /// Tells connections apart by content, files that are read again with each call aside; hashed, since it holds credentials.
    /// </summary>
    public string Fingerprint() => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this)));
}
