namespace Orchestrator.Kubernetes;

/// <summary>An answer that is still coming in: a watch, a log that is followed.</summary>
internal sealed class ApiStream(ApiRequest request, HttpResponseMessage response, Stream body) : IDisposable
{
    public ApiRequest Request => request;

    public Stream Body => body;

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }
}
