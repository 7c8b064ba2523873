using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>
/// Sends calls to one API server, each within its time limit, and turns everything that can go wrong into a
/// <see cref="KubernetesException"/>. Thread-safe.
/// </summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly KubernetesClientOptions _options;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly string _server;

    public ApiConnection(KubernetesClientOptions options, TimeProvider timeProvider)
    {
        _options = options;
        TimeProvider = timeProvider;
        _server = options.Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _handler = Transport.Create(options);
        _http = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>Sends and reads the whole answer; waits and repeats when the server is throttling and says for how long.</summary>
    public async Task<byte[]> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        request = request with { Server = _server };
        using CallDeadline deadline = new(_options.Timeout, TimeProvider, cancellationToken);
        while (true)
        {
            KubernetesException error;
            try
            {
                using HttpResponseMessage response = await SendOnceAsync(request, deadline.Token);
                byte[] body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
                if (response.IsSuccessStatusCode)
                {
                    return body;
                }

                error = FailedAnswer.From(request, response, body);
            }
            catch (Exception e) when (MissingAnswer.IsCauseOf(e))
            {
                throw deadline.Explain(request, e);
            }

            if (!ShouldWait(request, error, deadline))
            {
                throw error;
            }

            await Task.Delay(error.RetryAfter!.Value, TimeProvider, cancellationToken);
        }
    }

    /// <summary>As <see cref="SendAsync"/>, the answer being one JSON object.</summary>
    public async Task<JsonObject> SendForObjectAsync(ApiRequest request, CancellationToken cancellationToken) =>
        ReadObject(request, await SendAsync(request, cancellationToken));

    /// <summary>Sends and returns when the answer begins; the time limit is over then.</summary>
    public async Task<ApiStream> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        request = request with { Server = _server };
        using CallDeadline deadline = new(_options.Timeout, TimeProvider, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendOnceAsync(request, deadline.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw FailedAnswer.From(request, response, await response.Content.ReadAsByteArrayAsync(deadline.Token));
            }

            ApiStream stream = new(request, response, await response.Content.ReadAsStreamAsync(deadline.Token));
            response = null;
            return stream;
        }
        catch (Exception e) when (MissingAnswer.IsCauseOf(e))
        {
            throw deadline.Explain(request, e);
        }
        finally
        {
            response?.Dispose();
        }
    }

    /// <summary>The error of an answer that no API server gives.</summary>
    public KubernetesException Unreadable(ApiRequest request, string what, Exception? inner = null) =>
        MissingAnswer.Unreadable(request with { Server = _server }, what, inner);

    private JsonObject ReadObject(ApiRequest request, ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonNode.Parse(body, documentOptions: WireJson.Reading) is JsonObject result)
            {
                return result;
            }
        }
        catch (JsonException e)
        {
            throw Unreadable(request, $"the answer is not JSON: {e.Message}", e);
        }

        throw Unreadable(request, "the answer is not a JSON object");
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private static bool ShouldWait(ApiRequest request, KubernetesException error, CallDeadline deadline) =>
        request.WaitsWhenThrottled
        && error.StatusCode == HttpStatusCode.TooManyRequests
        && error.RetryAfter is { } wait
        && wait < deadline.Remaining;

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = new(request.Method, _server + request.Path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        message.Headers.Host = _options.TlsServerName;
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(WireJson.Write(request.Body));
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        if (_options.ImpersonateUser is not null)
        {
            message.Headers.TryAddWithoutValidation("Impersonate-User", _options.ImpersonateUser);
            if (_options.ImpersonateGroup is not null)
            {
                message.Headers.TryAddWithoutValidation("Impersonate-Group", _options.ImpersonateGroup);
            }
        }

        if (await BearerTokenAsync(request, cancellationToken) is { } token)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private async Task<string?> BearerTokenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (_options.TokenFile is null)
        {
            return _options.Token;
        }

        try
        {
            return (await File.ReadAllTextAsync(_options.TokenFile, cancellationToken)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MissingAnswer.Unreadable(request, $"the token file cannot be read: {e.Message}", e);
        }
    }
}
