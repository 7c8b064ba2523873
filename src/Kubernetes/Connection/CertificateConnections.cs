namespace Orchestrator.Kubernetes;

/// <summary>
/// HTTP stacks for client certificates that change, out of files and credential programs: connections are made for one certificate. The
/// client's own stack serves the certificate that it was made with. Calls under way end on the stack that they began on, which then
/// closes for lack of use.
/// </summary>
internal sealed class CertificateConnections(Transport transport, string? certificateOfTheClient) : IDisposable
{
    private readonly Lock _lock = new();
    private HttpMessageInvoker? _current;
    private string? _certificate;
    private bool _isDisposed;

    /// <summary>The stack for a credential; null for the client's own.</summary>
    /// <exception cref="ApiException">The certificate or its key cannot be read.</exception>
    public HttpMessageInvoker? For(ApiCall call, Credential credential)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(ClusterClient));
            if (credential.ClientCertificate == certificateOfTheClient)
            {
                return null;
            }

            if (_current is null || _certificate != credential.ClientCertificate)
            {
                _current = Make(call, credential);
                _certificate = credential.ClientCertificate;
            }

            return _current;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _current?.Dispose();
        }
    }

    private HttpMessageInvoker Make(ApiCall call, Credential credential)
    {
#pragma warning disable CA2000 // The invoker owns it; without one, it has no connection yet.
        SocketsHttpHandler handler = new();
#pragma warning restore CA2000
        try
        {
            transport.SetUp(handler, credential);
            return new HttpMessageInvoker(handler, disposeHandler: true);
        }
        catch (KubeconfigException e)
        {
            throw MissingAnswer.Unreadable(call, e.Message, e);
        }
    }
}
