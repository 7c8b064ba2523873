using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Orchestrator.Kubernetes;

/// <summary>Questions about the server itself: is it well, what time does it have, what may we do.</summary>
public static class ServerCalls
{
    /// <summary>Reads a path as text, such as <c>/version</c> or <c>/metrics</c>.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    public static async Task<string> GetRawAsync(this IKubernetes kubernetes, string path, CancellationToken cancellationToken)
    {
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"'{path}' does not begin with a slash.", nameof(path));
        }

        ClusterClient client = ClusterClient.Of(kubernetes);
        // Put together as text: a path that looks like an address would lead elsewhere.
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(client.BaseUri.AbsoluteUri.TrimEnd('/') + path))
        {
            Version = HttpVersion.Version20,
        };
        using HttpResponseMessage response = await client.HttpClient.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Whether the server says that it is ready.</summary>
    /// <exception cref="ApiException">It says neither yes nor no.</exception>
    public static async Task<bool> IsReadyAsync(this IKubernetes kubernetes, CancellationToken cancellationToken)
    {
        try
        {
            await kubernetes.GetRawAsync("/readyz", cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.InternalServerError)
        {
            return false;
        }
    }

    /// <summary>What the server's clock says, to the second; null where it does not tell.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    public static async Task<DateTimeOffset?> ReadClockAsync(this IKubernetes kubernetes, CancellationToken cancellationToken)
    {
        using HttpOperationResponse<VersionInfo> answer =
            await ClusterClient.Of(kubernetes).Version.GetCodeWithHttpMessagesAsync(cancellationToken: cancellationToken);
        return answer.Response.Headers.Date;
    }

    /// <summary>Asks the server whether this client may do something.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    public static async Task<V1SubjectAccessReviewStatus> ReviewAccessAsync(
        this IKubernetes kubernetes, V1ResourceAttributes question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        V1SelfSubjectAccessReview review = new() { Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = question } };
        V1SelfSubjectAccessReview answer = await ClusterClient.Of(kubernetes).AuthorizationV1.CreateSelfSubjectAccessReviewAsync(
            review, cancellationToken: cancellationToken);
        return answer.Status ?? new V1SubjectAccessReviewStatus { Allowed = false, EvaluationError = "the server gave no status" };
    }
}
