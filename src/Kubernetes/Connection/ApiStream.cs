namespace Orchestrator.Kubernetes;

/// <summary>An answer that is still coming in: a watch, a log, a WebSocket.</summary>
internal sealed class ApiStream(ApiRequest request, HttpResponseMessage response, Stream body) : IDisposable
{
    public ApiRequest Request => request;

    public Stream Body => body;

    /// <summary>The subprotocol that the server chose for a WebSocket; null when it chose none that was offered.</summary>
    public string? Protocol => request.Upgrade?.Chosen(response);

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="KubernetesException">The connection broke.</exception>
    public async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception e) when (MissingAnswer.IsCauseOf(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw MissingAnswer.From(request, e);
        }
    }

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }
}
