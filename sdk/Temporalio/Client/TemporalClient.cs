using Temporalio.Client.Interceptors;
using Temporalio.Telemetry;

namespace Temporalio.Client;

/// <summary>A client of one namespace, for any number of threads.</summary>
public partial class TemporalClient : ITemporalClient
{
    /// <summary>Initializes a client on a connection that others may use too.</summary>
    public TemporalClient(ITemporalConnection connection, TemporalClientOptions options)
    {
        Connection = connection;
        Options = options;
        OutboundInterceptor = new TracingClientOutbound(new ClientOutbound(this));
        foreach (IClientInterceptor interceptor in (options.Interceptors ?? []).Reverse())
        {
            OutboundInterceptor = interceptor.InterceptClient(OutboundInterceptor);
        }
    }

    /// <inheritdoc/>
    public ITemporalConnection Connection { get; }

    /// <inheritdoc/>
    public OperatorService OperatorService => Connection.OperatorService;

    /// <inheritdoc/>
    public TemporalClientOptions Options { get; }

    /// <inheritdoc/>
    public ClientOutboundInterceptor OutboundInterceptor { get; }

    /// <inheritdoc/>
    public WorkflowService WorkflowService => Connection.WorkflowService;

    /// <summary>Options of a call that is repeated when it failed for a passing reason.</summary>
    protected static RpcOptions RetryRpcOptions { get; } = new() { Retry = true };

    /// <summary>Makes a client with a connection of its own and reaches the server.</summary>
    /// <exception cref="InvalidOperationException">The server cannot be reached.</exception>
    public static async Task<TemporalClient> ConnectAsync(TemporalClientConnectOptions options) =>
        new(await TemporalConnection.ConnectAsync(options), options.ToClientOptions());

    /// <summary>Makes a client with a connection of its own that reaches the server with the first call.</summary>
    public static TemporalClient CreateLazy(TemporalClientConnectOptions options) =>
        new(TemporalConnection.CreateLazy(options), options.ToClientOptions());

    /// <summary>The options with repetition on, unless they say otherwise.</summary>
    protected internal static RpcOptions DefaultRetryOptions(RpcOptions? origOptions)
    {
        if (origOptions is null)
        {
            return RetryRpcOptions;
        }

        if (origOptions.Retry is not null)
        {
            return origOptions;
        }

        RpcOptions copy = (RpcOptions)origOptions.Clone();
        copy.Retry = true;
        return copy;
    }
}
