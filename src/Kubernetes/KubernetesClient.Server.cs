using System.Net;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <content>Questions about the server itself: is it well, what does it serve, what may we do.</content>
public sealed partial class KubernetesClient
{
    /// <summary>Reads a path as text, such as <c>/version</c> or <c>/metrics</c>.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public async Task<string> GetRawAsync(string path, CancellationToken cancellationToken)
    {
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"'{path}' does not begin with a slash.", nameof(path));
        }

        ApiRequest request = new("GET", HttpMethod.Get, path, path) { Accept = "application/json, */*" };
        using ApiAnswer answer = await _connection.SendAsync(request, cancellationToken);
        return answer.Text;
    }

    /// <summary>Whether the server says that it is ready.</summary>
    /// <exception cref="KubernetesException">It says neither yes nor no.</exception>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) => (await ReadinessAsync(cancellationToken)).IsReady;

    /// <summary>Whether the server says that it is ready, check by check (<c>/readyz?verbose</c>).</summary>
    /// <exception cref="KubernetesException">It says neither yes nor no.</exception>
    public async Task<Readiness> ReadinessAsync(CancellationToken cancellationToken)
    {
        const string Path = "/readyz";
        ApiRequest request = new("GET", HttpMethod.Get, Path, $"{Path}?verbose") { Accept = "*/*", AcceptedRefusal = HttpStatusCode.InternalServerError };
        using ApiAnswer answer = await _connection.SendAsync(request, cancellationToken);
        return Readiness.Parse(answer.Code == HttpStatusCode.OK, answer.Text);
    }

    /// <summary>What the server's clock says, to the second; null where it does not tell.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public async Task<DateTimeOffset?> ReadClockAsync(CancellationToken cancellationToken)
    {
        const string Path = "/version";
        using ApiAnswer answer = await _connection.SendAsync(new ApiRequest("GET", HttpMethod.Get, Path, Path), cancellationToken);
        return answer.Date;
    }

    /// <summary>Asks the server whether this client may do something.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public async Task<AccessReview> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        JsonObject answer = await CreateAsync(ResourceType.SelfSubjectAccessReviews, null, question.ToJson(), cancellationToken);
        JsonNode? status = answer["status"];
        return new AccessReview(
            status?["allowed"]?.GetValue<bool>() ?? false,
            status?["reason"]?.GetValue<string>() ?? status?["evaluationError"]?.GetValue<string>());
    }

    /// <summary>Finds a kind by its kind, plural or short name, in the version that the server prefers. The core group is empty.</summary>
    /// <exception cref="KubernetesException">There is no such group or kind, and the message says which are near it; or the call failed.</exception>
    public Task<DiscoveredResource> DiscoverAsync(string group, string name, CancellationToken cancellationToken) =>
        new Discoverer(_connection).KindAsync(group, name, cancellationToken);

    /// <summary>All kinds of a group, in the version that the server prefers. The core group is empty.</summary>
    /// <exception cref="KubernetesException">There is no such group, and the message says which are near it; or the call failed.</exception>
    public Task<IReadOnlyList<DiscoveredResource>> DiscoverAsync(string group, CancellationToken cancellationToken) =>
        new Discoverer(_connection).KindsAsync(group, null, cancellationToken);
}
