using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Grpc.Health.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;
using Temporalio.Telemetry;

namespace Temporalio.Client;

/// <summary>A connection to a server, for any number of clients and threads. Meant to be shared and kept.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The official type is not disposable: sockets close when the connection is collected.")]
public sealed class TemporalConnection : ITemporalConnection
{
    private const string HealthService = "grpc.health.v1.Health";

    private readonly GrpcChannel _channel;
    private readonly RpcRetry _retry;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly Lock _metadataLock = new();
    private IReadOnlyCollection<KeyValuePair<string, string>> _rpcMetadata;
    private IReadOnlyCollection<KeyValuePair<string, byte[]>> _rpcBinaryMetadata;
    private string? _apiKey;
    private volatile ConnectionMetadata _metadata;
    private volatile GetSystemInfoResponse.Types.Capabilities? _capabilities;

    private TemporalConnection(TemporalConnectionOptions options)
    {
        Options = (TemporalConnectionOptions)options.Clone();
        Options.Identity ??= $"{Environment.ProcessId}@{System.Net.Dns.GetHostName()}";
        _rpcMetadata = [.. options.RpcMetadata ?? []];
        _rpcBinaryMetadata = [.. options.RpcBinaryMetadata ?? []];
        _apiKey = options.ApiKey;
        _metadata = new(_apiKey, _rpcMetadata, _rpcBinaryMetadata);
        _channel = new(ChannelOptions.Create(options), options.Time);
        _retry = new(Options.RpcRetry ?? new(), options.Time);
        WorkflowService = new WorkflowService.Core(this);
        OperatorService = new OperatorService.Core(this);
        TestService = new TestService.Core(this);
    }

    /// <inheritdoc/>
    public string? ApiKey
    {
        get => _apiKey;
        set => ChangeMetadata(() => _apiKey = value);
    }

    /// <inheritdoc/>
    public bool IsConnected => _capabilities is not null;

    /// <inheritdoc/>
    public OperatorService OperatorService { get; }

    /// <inheritdoc/>
    public TemporalConnectionOptions Options { get; }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, byte[]>> RpcBinaryMetadata
    {
        get => _rpcBinaryMetadata;
        set => ChangeMetadata(() => _rpcBinaryMetadata = [.. value]);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> RpcMetadata
    {
        get => _rpcMetadata;
        set => ChangeMetadata(() => _rpcMetadata = [.. value]);
    }

    /// <inheritdoc/>
    public TestService TestService { get; }

    /// <inheritdoc/>
    public WorkflowService WorkflowService { get; }

    /// <summary>What the server can do beyond the basics; null before the server was reached.</summary>
    internal GetSystemInfoResponse.Types.Capabilities? Capabilities => _capabilities;

    /// <summary>Makes a connection and reaches the server.</summary>
    /// <exception cref="InvalidOperationException">The server cannot be reached.</exception>
    public static async Task<TemporalConnection> ConnectAsync(TemporalConnectionOptions options)
    {
        TemporalConnection connection = new(options);
        await connection.ConnectAsync();
        return connection;
    }

    /// <summary>Makes a connection that reaches the server with the first call; when that fails, the next call tries again.</summary>
    public static TemporalConnection CreateLazy(TemporalConnectionOptions options) => new(options);

    /// <inheritdoc/>
    public async Task<bool> CheckHealthAsync(RpcService? service = null, RpcOptions? options = null)
    {
        await ConnectAsync();
        HealthCheckRequest request = new() { Service = (service ?? WorkflowService).FullName };
        HealthCheckResponse response = await CallAsync(HealthService, "Check", request, HealthCheckResponse.Parser, options);
        return response.Status == HealthCheckResponse.Types.ServingStatus.Serving;
    }

    /// <inheritdoc/>
    public async Task ConnectAsync()
    {
        if (IsConnected)
        {
            return;
        }

        await _connecting.WaitAsync();
        try
        {
            _capabilities ??= await GetCapabilitiesAsync();
        }
        catch (RpcException e)
        {
            throw new InvalidOperationException($"Connection failed: {e.Message}", e);
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>Makes a raw call, after reaching the server if that has not happened yet.</summary>
    internal Task<T> InvokeRpcAsync<T>(RpcService service, string rpc, IMessage req, MessageParser<T> resp, RpcOptions? options)
        where T : IMessage<T>
    {
        return IsConnected ? CallAsync(service.FullName, rpc, req, resp, options) : ConnectAndCallAsync();

        async Task<T> ConnectAndCallAsync()
        {
            await ConnectAsync();
            return await CallAsync(service.FullName, rpc, req, resp, options);
        }
    }

    private Task<T> CallAsync<T>(string service, string rpc, IMessage request, MessageParser<T> parser, RpcOptions? options)
        where T : IMessage<T>
    {
        GrpcCall call = new(service, rpc, request)
        {
            Metadata = _metadata.OfCall(RequestTraits.FindNamespace(request), options),
            Timeout = options?.Timeout ?? RequestTraits.DefaultTimeout(request),
            ExpectsLargeAnswer = RequestTraits.ExpectsLargeAnswer(request),
        };
        CancellationToken cancellationToken = options?.CancellationToken ?? CancellationToken.None;
        return options?.Retry == true
            ? _retry.RunAsync(() => SendAsync(call, parser, cancellationToken), cancellationToken)
            : SendAsync(call, parser, cancellationToken);
    }

    private Task<T> SendAsync<T>(GrpcCall call, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T> => RequestMetrics.IsEnabled
            ? RequestMetrics.MeasureAsync(
                call.Method,
                RequestTraits.FindNamespace(call.Request),
                RequestTraits.IsLongPoll(call.Request),
                () => _channel.CallAsync(call, parser, cancellationToken))
            : _channel.CallAsync(call, parser, cancellationToken);

    private async Task<GetSystemInfoResponse.Types.Capabilities> GetCapabilitiesAsync()
    {
        try
        {
            GetSystemInfoResponse response = await CallAsync(
                WorkflowService.FullName, "GetSystemInfo", new GetSystemInfoRequest(), GetSystemInfoResponse.Parser, options: null);
            return response.Capabilities ?? new();
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.Unimplemented)
        {
            return new();
        }
    }

    private void ChangeMetadata(Action change)
    {
        lock (_metadataLock)
        {
            change();
            _metadata = new(_apiKey, _rpcMetadata, _rpcBinaryMetadata);
        }
    }
}
