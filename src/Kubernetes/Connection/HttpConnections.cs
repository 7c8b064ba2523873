namespace Orchestrator.Kubernetes;

/// <summary>
/// The HTTP stack, one at a time, made anew when the client certificate changes: connections are made for one certificate. Calls
/// under way end on the stack that they began on, which then closes for lack of use.
/// </summary>
internal sealed class HttpConnections(KubernetesClientOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private HttpClient? _http;
    private string? _certificate;
    private bool _isDisposed;

    public HttpClient For(Credential credential)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(KubernetesClient));
            if (_http is null || _certificate != credential.ClientCertificate)
            {
#pragma warning disable CA2000 // The client owns it.
                _http = new HttpClient(Transport.Create(options, credential), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
                _certificate = credential.ClientCertificate;
            }

            return _http;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _http?.Dispose();
        }
    }
}
