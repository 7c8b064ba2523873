namespace Orchestrator.Kubernetes;

/// <summary>An answer that is still coming in: asked of the official client in the place of an object, it leaves the body unread.</summary>
internal sealed class LiveAnswer(ApiCall call, HttpResponseMessage response, Stream body) : IDisposable
{
    public ApiCall Call => call;

    /// <summary>Its reading fails with an <see cref="ApiException"/>.</summary>
    public Stream Body => body;

    public void Dispose()
    {
        body.Dispose();
        response.Dispose();
    }
}
