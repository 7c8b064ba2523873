using System.Net.WebSockets;
using System.Text.Json;
using k8s;
using k8s.Autorest;

namespace Orchestrator.Kubernetes;

/// <summary>
/// The official client, always with our <see cref="CallHandler"/>. Answers are read without blocking a thread, which is how the official
/// one would sit out a server that falls silent; and WebSockets go the way of all other calls: same certificate check, same credentials.
/// </summary>
internal sealed class ClusterClient : k8s.Kubernetes
{
    private readonly ClusterConnection _connection;
    private readonly JsonSerializerOptions _json;

    public ClusterClient(
        ClusterConnection connection, KubernetesClientConfiguration configuration, CallHandler handler, TimeProvider timeProvider)
        : base(configuration, handler)
    {
        TimeProvider = timeProvider;
        _connection = connection;
        _json = configuration.JsonSerializerOptions;
        CreateWebSocketBuilder = () => new SocketBuilder(HttpClient);
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>The client behind an interface.</summary>
    /// <exception cref="ArgumentException">
    /// It was not opened by <see cref="ClusterConnection.Open"/>: its calls would have no deadline.
    /// </exception>
    public static ClusterClient Of(IKubernetes kubernetes) => kubernetes as ClusterClient ?? throw new ArgumentException(
        $"The client was not opened by {nameof(ClusterConnection)}.{nameof(ClusterConnection.Open)}.", nameof(kubernetes));

    /// <summary>The API server, for errors.</summary>
    public string Server => ApiCall.NameOf(_connection.Server);

    /// <summary>What a request is called in errors.</summary>
    public ApiCall CallOf(HttpRequestMessage request) => ApiCall.Of(request, _connection.Server);

    protected override async Task<HttpOperationResponse<T>> CreateResultAsync<T>(
        HttpRequestMessage httpRequest, HttpResponseMessage httpResponse, bool? watch, CancellationToken cancellationToken)
    {
        ApiCall call = CallOf(httpRequest);
        object body;
        if (typeof(T) == typeof(LiveAnswer))
        {
#pragma warning disable CA2000 // The caller gets it.
            body = new LiveAnswer(call, httpResponse, await httpResponse.Content.ReadAsStreamAsync(cancellationToken));
#pragma warning restore CA2000
        }
        else if (watch == true)
        {
            throw new NotSupportedException($"Watch with {nameof(ObjectCalls.WatchAsync)}: the client's own watch ends silently.");
        }
        else
        {
            body = await ReadAsync<T>(call, httpResponse, cancellationToken);
        }

        return new() { Request = httpRequest, Response = httpResponse, Body = (T)body };
    }

    private async Task<object> ReadAsync<T>(ApiCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync<T>(body, _json, cancellationToken)
                ?? throw MissingAnswer.Unreadable(call, "the answer is null", null);
        }
        catch (JsonException e) when (e.InnerException is JsonException syntax)
        {
            throw MissingAnswer.Unreadable(call, $"the answer is not JSON: {syntax.Message}", e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw MissingAnswer.Unreadable(call, typeof(T) == typeof(ListPage) ? ListPage.Missing : "the answer is not a JSON object", e);
        }
    }

    private sealed class SocketBuilder(HttpClient http) : WebSocketBuilder
    {
        // The server answers pings on its own; a proxy in between may have gone silently.
        private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
        private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

        public override async Task<WebSocket> BuildAndConnectAsync(Uri uri, CancellationToken cancellationToken)
        {
            Options.KeepAliveInterval = PingInterval;
            Options.KeepAliveTimeout = PingTimeout;
            try
            {
                await WebSocket.ConnectAsync(uri, http, cancellationToken);
                return WebSocket;
            }
            catch (WebSocketException e)
            {
                // The official client would ask once more, without an upgrade, and tell what came of that.
                throw e.InnerException is ApiException refused ? refused : new IOException(e.Message, e);
            }
        }
    }
}
