using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.Kubernetes;

/// <summary>A call in the terms of HTTP.</summary>
internal static class RequestMessage
{
    public static HttpRequestMessage Create(ApiRequest request, KubernetesClientOptions options, Credential credential)
    {
        HttpRequestMessage message = new(request.Method, request.Server + request.Path)
        {
            Version = request.Upgrade is null ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = request.Upgrade is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };
        HttpRequestHeaders headers = message.Headers;
        headers.TryAddWithoutValidation("Accept", request.Accept);
        headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        headers.Host = options.TlsServerName;
        Add(headers, "Impersonate-User", options.ImpersonateUser);
        Add(headers, "Impersonate-Group", options.ImpersonateUser is null ? null : options.ImpersonateGroup);
        if (credential.Token is not null)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", credential.Token);
        }

        request.Upgrade?.AddTo(headers);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(WireJson.Write(request.Body));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        return message;
    }

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }
}
