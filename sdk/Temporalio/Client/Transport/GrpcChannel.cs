using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>
/// Unary gRPC over HTTP/2. The handler below pools connections, pings them, and repeats requests that a closing connection did not
/// process; everything else of the protocol is here.
/// </summary>
internal sealed class GrpcChannel : IDisposable
{
    // Below this the gzip header and the work outweigh what is saved.
    private const int SmallestCompressed = 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _invoker;
    private readonly GrpcChannelOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Service, string Method), Uri> _uris = [];

    public GrpcChannel(GrpcChannelOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
#pragma warning disable CA2000 // The invoker disposes the handler.
        _invoker = new(CreateHandler(options), disposeHandler: true);
#pragma warning restore CA2000
    }

    /// <summary>Makes the call.</summary>
    /// <exception cref="RpcException">The server answered with an error, could not be reached, or took longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> CallAsync<T>(GrpcCall call, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (call.Timeout is not { } timeout)
        {
            return await SendAsync(call, parser, cancellationToken);
        }

        using CancellationTokenSource limit = new(timeout, _time);
        await using CancellationTokenRegistration forward = cancellationToken.UnsafeRegister(
            static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            return await SendAsync(call, parser, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(
                RpcException.StatusCode.DeadlineExceeded, $"{call.Method} took longer than {timeout.TotalSeconds} s", e);
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    public void Dispose() => _invoker.Dispose();

    private static SocketsHttpHandler CreateHandler(GrpcChannelOptions options)
    {
        SocketsHttpHandler handler = new()
        {
            // A gRPC server is one peer: nothing of the web's machinery applies.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        };
        if (options.Tls is { } tls)
        {
            handler.SslOptions = tls;
        }

        if (options.KeepAlive is { } keepAlive)
        {
            handler.KeepAlivePingDelay = keepAlive.Interval;
            handler.KeepAlivePingTimeout = keepAlive.Timeout;
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always;
        }

        return handler;
    }

    private async Task<T> SendAsync<T>(GrpcCall call, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        using HttpRequestMessage request = CreateRequest(call);
        using GrpcResponseBody body = new();
        try
        {
            using HttpResponseMessage response = await _invoker.SendAsync(request, cancellationToken);
            if (GrpcStatusReader.ReadTransportError(response) is { } error)
            {
                throw error;
            }

            await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            await body.ReadAsync(stream, _options.MaxMessageSize, cancellationToken);
            GrpcStatusReader.ThrowIfError(response, body.HasMessage);
            return body.Parse(parser, GrpcStatusReader.Find(response.Headers, "grpc-encoding"), _options.MaxMessageSize);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw GrpcStatusReader.FromBrokenConnection(e, _options.Address);
        }
    }

    private HttpRequestMessage CreateRequest(GrpcCall call)
    {
        int size = call.Request.CalculateSize();
        bool compress = _options.Gzip && size >= SmallestCompressed;
        HttpRequestMessage request = new(HttpMethod.Post, FindUri(call))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new GrpcRequestContent(call.Request, size, compress),
        };
        HttpRequestHeaders headers = request.Headers;
        if (_options.Authority is not null)
        {
            headers.Host = _options.Authority;
        }

        headers.TryAddWithoutValidation("te", "trailers");
        if (_options.Gzip)
        {
            headers.TryAddWithoutValidation("grpc-accept-encoding", "gzip");
        }

        // Servers compress the answer where the request names an encoding, whether or not this one message is compressed.
        if (_options.Gzip && (compress || call.ExpectsLargeAnswer))
        {
            headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        }

        if (call.Timeout is { } timeout)
        {
            headers.TryAddWithoutValidation("grpc-timeout", GrpcTimeout.Format(timeout));
        }

        foreach ((string name, string value) in call.Metadata)
        {
            headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Uri FindUri(GrpcCall call) => _uris.TryGetValue((call.Service, call.Method), out Uri? uri)
        ? uri
        : _uris.GetOrAdd((call.Service, call.Method), new Uri(_options.Address, $"/{call.Service}/{call.Method}"));
}
