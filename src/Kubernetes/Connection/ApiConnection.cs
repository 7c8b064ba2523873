using System.Net;
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
    private readonly CredentialSource _credentials;
    private readonly HttpConnections _connections;
    private readonly string _server;

    public ApiConnection(KubernetesClientOptions options, TimeProvider timeProvider)
    {
        _options = options;
        TimeProvider = timeProvider;
        _server = options.Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
        _credentials = new CredentialSource(options, timeProvider);
        _connections = new HttpConnections(options);
        // Unusable certificates are told of now rather than with the first call.
        _connections.For(new Credential(null, options.ClientCertificate, options.ClientKey));
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>Sends and reads the whole answer; waits and repeats when the server is throttling and says for how long.</summary>
    public async Task<ApiAnswer> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        request = Named(request);
        using CallDeadline deadline = new(_options.Timeout, TimeProvider, cancellationToken);
        while (true)
        {
            KubernetesException error;
            try
            {
                using HttpResponseMessage response = await SendOnceAsync(request, deadline.Token);
                ApiAnswer answer = await ApiAnswer.ReadAsync(response, deadline.Token);
                if (response.IsSuccessStatusCode || response.StatusCode == request.AcceptedRefusal)
                {
                    return answer;
                }

                using (answer)
                {
                    error = FailedAnswer.From(request, response, answer);
                }
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
    public async Task<JsonObject> SendForObjectAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using ApiAnswer answer = await SendAsync(request, cancellationToken);
        return ReadObject(request, answer.Body.Span);
    }

    /// <summary>Sends and returns when the answer begins; the time limit is over then.</summary>
    public async Task<ApiStream> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        request = Named(request);
        using CallDeadline deadline = new(_options.Timeout, TimeProvider, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendOnceAsync(request, deadline.Token);
            if (request.Upgrade is null ? !response.IsSuccessStatusCode : response.StatusCode != HttpStatusCode.SwitchingProtocols)
            {
                throw await RefusalAsync(request, response, deadline.Token);
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
        MissingAnswer.Unreadable(Named(request), what, inner);

    /// <summary>The request with the server's name, for messages.</summary>
    public ApiRequest Named(ApiRequest request) => request with { Server = _server };

    public void Dispose()
    {
        _connections.Dispose();
        _credentials.Dispose();
    }

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

    private static async Task<KubernetesException> RefusalAsync(ApiRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using ApiAnswer answer = await ApiAnswer.ReadAsync(response, cancellationToken);
        return FailedAnswer.From(request, response, answer);
    }

    private static bool ShouldWait(ApiRequest request, KubernetesException error, CallDeadline deadline) =>
        request.WaitsWhenThrottled
        && error.StatusCode == HttpStatusCode.TooManyRequests
        && error.RetryAfter is { } wait
        && wait < deadline.Remaining;

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            Credential credential = await _credentials.GetAsync(request, cancellationToken);
            using HttpRequestMessage message = RequestMessage.Create(request, _options, credential);
            long start = TimeProvider.GetTimestamp();
            HttpResponseMessage response = await Connections(request, credential).SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            _options.OnCall?.Invoke(AnsweredCall.Describe(request, response, TimeProvider.GetElapsedTime(start)));
            if (response.StatusCode != HttpStatusCode.Unauthorized || !isFirst || !_credentials.Forget(credential))
            {
                return response;
            }

            response.Dispose();
        }
    }

    private HttpClient Connections(ApiRequest request, Credential credential)
    {
        try
        {
            return _connections.For(credential);
        }
        catch (KubeconfigException e)
        {
            throw MissingAnswer.Unreadable(request, e.Message, e);
        }
    }
}
